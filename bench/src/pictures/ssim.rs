//! Structural similarity (Wang et al., 2004) of a variant and the original, whose pixels are averaged to the variant's size.

use anyhow::{Context, Result, bail};
use image::{ImageFormat, Rgb, RgbImage, load_from_memory_with_format};

use super::made::Made;

const WINDOW: u32 = 8;
const STEP: u32 = 4;
/// (0.01 · 255)² and (0.03 · 255)².
const STEADY: [f64; 2] = [6.5025, 58.5225];

/// Of two variants of one picture, which have the same size.
pub fn of_both(made: &Made, variants: [&[u8]; 2]) -> Result<[f64; 2]> {
    let [ours, theirs] = variants.map(decoded);
    let (ours, theirs) = (ours?, theirs?);
    if ours.dimensions() != theirs.dimensions() {
        bail!("one is {:?}, the other {:?}", ours.dimensions(), theirs.dimensions());
    }
    let original = Grey::of(&averaged(&made.pixels, ours.width(), ours.height()));
    Ok([ours, theirs].map(|variant| similarity(&original, &Grey::of(&variant))))
}

fn decoded(bytes: &[u8]) -> Result<RgbImage> {
    if bytes.starts_with(b"RIFF") {
        return Ok(load_from_memory_with_format(bytes, ImageFormat::WebP)?.into_rgb8());
    }
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    let pixels = decoder.decode()?;
    let info = decoder.info().context("a JPEG without a header")?;
    RgbImage::from_raw(info.width.into(), info.height.into(), pixels).context("a JPEG in other colours")
}

/// Each pixel is the mean of those it covers, the ones at its edge by their share.
fn averaged(pixels: &RgbImage, width: u32, height: u32) -> RgbImage {
    let across = shares(pixels.width(), width);
    let down = shares(pixels.height(), height);
    let mut rows: Vec<Vec<[f64; 3]>> = Vec::new();
    for y in 0..pixels.height() {
        let sum = |parts: &[(u32, f64)]| {
            let mut sums = [0.0; 3];
            for (x, share) in parts {
                let Rgb(own) = pixels.get_pixel(*x, y);
                sums.iter_mut().zip(own).for_each(|(sum, own)| *sum += share * f64::from(*own));
            }
            sums
        };
        rows.push(across.iter().map(|parts| sum(parts)).collect());
    }
    RgbImage::from_fn(width, height, |x, y| {
        let mut sums = [0.0; 3];
        for (row, share) in &down[y as usize] {
            let own = rows[*row as usize][x as usize];
            sums.iter_mut().zip(own).for_each(|(sum, own)| *sum += share * own);
        }
        Rgb(sums.map(byte))
    })
}

/// Which of `from` pixels each of `to` covers, and for which part of it.
fn shares(from: u32, to: u32) -> Vec<Vec<(u32, f64)>> {
    let scale = f64::from(from) / f64::from(to);
    let part = |at: u32| {
        let (begin, end) = (f64::from(at) * scale, f64::from(at + 1) * scale);
        let covered = (0..from).skip(whole(begin)).take_while(|own| f64::from(*own) < end);
        let share = |own: u32| (f64::from(own + 1).min(end) - f64::from(own).max(begin)).max(0.0) / scale;
        covered.map(|own| (own, share(own))).collect()
    };
    (0..to).map(part).collect()
}

struct Grey {
    width: u32,
    height: u32,
    light: Vec<f64>,
}

impl Grey {
    /// Luma of ITU-R BT.601.
    fn of(image: &RgbImage) -> Self {
        let light =
            |Rgb([red, green, blue]): &Rgb<u8>| 0.299 * f64::from(*red) + 0.587 * f64::from(*green) + 0.114 * f64::from(*blue);
        Self { width: image.width(), height: image.height(), light: image.pixels().map(light).collect() }
    }

    fn at(&self, x: u32, y: u32) -> f64 {
        self.light[(y * self.width + x) as usize]
    }
}

fn similarity(left: &Grey, right: &Grey) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for top in (0..=left.height - WINDOW).step_by(STEP as usize) {
        for begin in (0..=left.width - WINDOW).step_by(STEP as usize) {
            sum += window(left, right, begin, top);
            count += 1.0;
        }
    }
    sum / count
}

fn window(left: &Grey, right: &Grey, begin: u32, top: u32) -> f64 {
    let [mut a, mut b, mut aa, mut bb, mut ab] = [0.0; 5];
    for y in top..top + WINDOW {
        for x in begin..begin + WINDOW {
            let (one, two) = (left.at(x, y), right.at(x, y));
            a += one;
            b += two;
            aa += one * one;
            bb += two * two;
            ab += one * two;
        }
    }
    let many = f64::from(WINDOW * WINDOW);
    let (a, b) = (a / many, b / many);
    let (spread_a, spread_b, together) = (aa / many - a * a, bb / many - b * b, ab / many - a * b);
    let [light, contrast] = STEADY;
    (2.0 * a * b + light) * (2.0 * together + contrast) / ((a * a + b * b + light) * (spread_a + spread_b + contrast))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of bytes")]
fn byte(mean: f64) -> u8 {
    mean.round() as u8
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the beginning of a pixel that is there")]
fn whole(begin: f64) -> usize {
    begin as usize
}
