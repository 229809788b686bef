//! Pictures to measure with, the same in every run: what looks like a photo, and what looks like a page of text.

use std::{fs::File, io::BufWriter, path::PathBuf};

use anyhow::Result;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage, codecs::png::PngEncoder};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use tempfile::TempDir;

pub struct Made {
    pub name: &'static str,
    pub path: PathBuf,
    /// As it was before it was stored.
    pub pixels: RgbImage,
    _dir: TempDir,
}

/// Twelve megapixels, about as many bytes as a phone's, in the layout phones use.
pub fn photo() -> Result<Made> {
    let mut noise = Noise(0x2545_f491_4f6c_dd1d);
    let octaves: Vec<Octave> = (2..11).map(|power| Octave::new(&mut noise, 1 << power)).collect();
    let pixels = RgbImage::from_fn(4000, 3000, |x, y| {
        // Light from one side, a hard edge now and then, texture, and the grain of a small sensor.
        let shade = if (x * 3 + y) % 1900 < 700 { 0.55 } else { 1.0 };
        let (mut sums, mut weight) = ([0.0; 3], 0.5);
        for octave in &octaves {
            let seen = octave.at(x, y);
            for (sum, own) in sums.iter_mut().zip(seen) {
                *sum += weight * own;
            }
            weight *= 0.62;
        }
        let grain = (noise.unit() - 0.5) * 14.0;
        let light = 0.75 + coordinate(x) / 16_000.0;
        Rgb(sums.map(|sum| byte((sum * 230.0 - 40.0) * shade * light + grain)))
    });
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("photo.jpg");
    let mut encoder = Encoder::new(BufWriter::new(File::create(&path)?), 90);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(pixels.as_raw(), 4000, 3000, ColorType::Rgb)?;
    Ok(Made { name: "photo, JPEG 4000 × 3000", path, pixels, _dir: dir })
}

/// A picture of a screen: lines of small strokes on white, a coloured bar, a column in grey.
pub fn screen() -> Result<Made> {
    let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
    let mut pixels = RgbImage::from_fn(2560, 1600, |x, y| match (x, y) {
        (_, ..90) => Rgb([24, 90, 188]),
        (..420, _) => Rgb([241, 243, 244]),
        _ => Rgb([255, 255, 255]),
    });
    for line in (120..1560).step_by(34) {
        let mut x = 460;
        while x < 2480 {
            if noise.unit() > 0.16 {
                letter(&mut pixels, &mut noise, x, line);
            }
            x += 14;
        }
    }
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("screen.png");
    let encoder = PngEncoder::new(BufWriter::new(File::create(&path)?));
    encoder.write_image(pixels.as_raw(), 2560, 1600, ExtendedColorType::Rgb8)?;
    Ok(Made { name: "screen, PNG 2560 × 1600", path, pixels, _dir: dir })
}

/// Some of the strokes of a grid, two pixels wide and soft at one side.
fn letter(pixels: &mut RgbImage, noise: &mut Noise, left: u32, top: u32) {
    for stroke in 0..6_u32 {
        if noise.unit() < 0.45 {
            continue;
        }
        let (across, down) = (stroke % 3 * 4, stroke / 3 * 9);
        let is_upright = stroke % 2 == 0;
        for step in 0..10 {
            let (x, y) = if is_upright { (left + across, top + down + step) } else { (left + step, top + down + 4) };
            let (soft_x, soft_y) = if is_upright { (x + 1, y) } else { (x, y + 1) };
            for (x, y, own) in [(x, y, Rgb([32, 33, 36])), (soft_x, soft_y, Rgb([140, 142, 146]))] {
                if let Some(pixel) = pixels.get_pixel_mut_checked(x, y) {
                    *pixel = own;
                }
            }
        }
    }
}

/// Random values on a grid, seen with the values between them.
struct Octave {
    cells: u32,
    values: Vec<[f64; 3]>,
}

impl Octave {
    fn new(noise: &mut Noise, cells: u32) -> Self {
        let many = (cells + 2) * (cells + 2);
        Self { cells, values: (0..many).map(|_| [noise.unit(), noise.unit(), noise.unit()]).collect() }
    }

    fn at(&self, x: u32, y: u32) -> [f64; 3] {
        let (column, across) = (x * self.cells / 4000, coordinate(x * self.cells % 4000) / 4000.0);
        let (row, down) = (y * self.cells / 4000, coordinate(y * self.cells % 4000) / 4000.0);
        let value = |column: u32, row: u32| {
            let at = usize::try_from(row * (self.cells + 2) + column).unwrap_or_default();
            self.values.get(at).copied().unwrap_or_default()
        };
        let corners = [value(column, row), value(column + 1, row), value(column, row + 1), value(column + 1, row + 1)];
        let [one, two, three, four] = corners;
        let mut seen = [0.0; 3];
        for (seen, (((one, two), three), four)) in seen.iter_mut().zip(one.into_iter().zip(two).zip(three).zip(four)) {
            let (above, below) = (one + (two - one) * across, three + (four - three) * across);
            *seen = above + (below - above) * down;
        }
        seen
    }
}

/// xorshift64 (Marsaglia, 2003): the same everywhere, which is all that is asked of it.
struct Noise(u64);

impl Noise {
    fn unit(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        f64::from(u32::try_from(self.0 >> 32).unwrap_or_default()) / f64::from(u32::MAX)
    }
}

fn coordinate(at: u32) -> f64 {
    f64::from(at)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
fn byte(shade: f64) -> u8 {
    shade.clamp(0.0, 255.0) as u8
}
