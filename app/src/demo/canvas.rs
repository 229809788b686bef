//! A canvas for flat pictures: shapes are distances, edges are smooth, and rows are painted by several threads.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels are small numbers, and light is clamped before it becomes one"
)]

use std::{io::Cursor, num::NonZeroUsize, thread};

use image::{ImageFormat, RgbImage};

/// Pixels on a side.
const SIDE: u32 = 800;

/// Red, green and blue, from 0 to 1.
pub type Colour = [f32; 3];
/// Right and down, from -1 to 1.
pub type Point = (f32, f32);

/// How far a point is outside a shape; below 0 inside.
pub type Shape = Box<dyn Fn(Point) -> f32 + Sync>;
/// The colour at a point.
pub type Paint = Box<dyn Fn(Point) -> Colour + Sync>;

/// A picture, as layers from the back to the front.
#[derive(Default)]
pub struct Canvas {
    layers: Vec<(Shape, Paint)>,
}

impl Canvas {
    pub fn add(&mut self, shape: Shape, paint: Paint) {
        self.layers.push((shape, paint));
    }

    /// What falls on the ground below it.
    pub fn shadow(&mut self, at: Point, width: f32) {
        // How near the middle: 1 there, 0 at the rim and beyond.
        let near = move |(x, y): Point| (1.0 - ((x - at.0) / width).hypot((y - at.1) / (width * 0.16))).clamp(0.0, 1.0);
        self.add(
            Box::new(move |point| if near(point) > 0.0 { -1.0 } else { 1.0 }),
            Box::new(move |point| [-0.35 * near(point); 3]),
        );
    }

    /// The picture as PNG.
    pub fn png(&self) -> Result<Vec<u8>, String> {
        let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let row_bytes = SIDE as usize * 3;
        let mut pixels = vec![0; row_bytes * SIDE as usize];
        let rows = (SIDE as usize).div_ceil(threads);
        thread::scope(|scope| {
            for (number, part) in pixels.chunks_mut(rows * row_bytes).enumerate() {
                scope.spawn(move || {
                    for (row, line) in part.chunks_exact_mut(row_bytes).enumerate() {
                        self.line(number * rows + row, line);
                    }
                });
            }
        });
        let image = RgbImage::from_raw(SIDE, SIDE, pixels).ok_or("a picture has another size")?;
        let mut png = Cursor::new(Vec::new());
        image.write_to(&mut png, ImageFormat::Png).map_err(|error| error.to_string())?;
        Ok(png.into_inner())
    }

    fn line(&self, row: usize, line: &mut [u8]) {
        let place = |at: usize| (at as f32 + 0.5) / SIDE as f32 * 2.0 - 1.0;
        for (column, pixel) in line.chunks_exact_mut(3).enumerate() {
            for (byte, light) in pixel.iter_mut().zip(self.at((place(column), place(row)))) {
                *byte = (light.clamp(0.0, 1.0) * 255.0).round() as u8;
            }
        }
    }

    fn at(&self, point: Point) -> Colour {
        let mut colour = [1.0; 3];
        for (shape, paint) in &self.layers {
            let cover = (0.5 - shape(point) * SIDE as f32 / 2.0).clamp(0.0, 1.0);
            if cover > 0.0 {
                colour = over(colour, paint(point), cover);
            }
        }
        colour
    }
}

/// A colour below 0 darkens what is under it.
fn over(under: Colour, paint: Colour, cover: f32) -> Colour {
    let mut mixed = under;
    for (under, paint) in mixed.iter_mut().zip(paint) {
        *under = if paint < 0.0 { *under * (1.0 + paint * cover) } else { *under + (paint - *under) * cover };
    }
    mixed
}
