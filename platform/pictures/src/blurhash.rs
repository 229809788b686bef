//! BlurHash: the first few waves of a picture in some thirty characters (the algorithm of woltapp/blurhash).

use std::f64::consts::PI;

use crate::raster::Raster;

const DIGITS: &[u8; 83] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

/// Of an RGB picture, with so many components in each direction, 1 to 9.
pub fn encode(rgb: &Raster, across: u32, down: u32) -> String {
    let waves: Vec<[f64; 3]> = waves(rgb, across, down);
    let [mean, rest @ ..] = waves.as_slice() else { return String::new() };
    let largest = rest.iter().flatten().fold(0.0_f64, |largest, wave| largest.max(wave.abs()));
    let scale = whole(largest * 166.0 - 0.5, 82);
    let mut text = String::new();
    digits(&mut text, across - 1 + (down - 1) * 9, 1);
    digits(&mut text, scale, 1);
    digits(&mut text, mean.iter().fold(0, |sum, light| sum << 8 | whole(shade(*light) + 0.5, 255)), 4);
    let step = f64::from(scale + 1) / 166.0;
    for wave in rest {
        // Small waves are told apart better than large ones.
        let height = |wave: f64| whole((wave / step).abs().sqrt().copysign(wave) * 9.0 + 9.5, 18);
        digits(&mut text, wave.iter().fold(0, |sum, wave| sum * 19 + height(*wave)), 2);
    }
    text
}

/// How much of each wave the picture holds, in linear light: its mean first, then row by row.
fn waves(rgb: &Raster, across: u32, down: u32) -> Vec<[f64; 3]> {
    let lights: Vec<f64> = (0..=u8::MAX).map(light).collect();
    let pixels: Vec<[f64; 3]> = rgb
        .pixels
        .as_chunks()
        .0
        .iter()
        .map(|pixel: &[u8; 3]| pixel.map(|own| lights.get(usize::from(own)).copied().unwrap_or_default()))
        .collect();
    let width = usize::try_from(rgb.width).unwrap_or(1).max(1);
    let wave = |many: u32, side: u32| -> Vec<f64> {
        (0..side).map(|at| (PI * f64::from(many) * f64::from(at) / f64::from(side)).cos()).collect()
    };
    let one = |(column, row): (u32, u32)| {
        let (across, down) = (wave(column, rgb.width), wave(row, rgb.height));
        let mut sums = [0.0; 3];
        for (pixels, down) in pixels.chunks(width).zip(&down) {
            for (pixel, across) in pixels.iter().zip(&across) {
                sums.iter_mut().zip(pixel).for_each(|(sum, own)| *sum += across * down * own);
            }
        }
        let norm = if (column, row) == (0, 0) { 1.0 } else { 2.0 };
        sums.map(|sum| norm * sum / (f64::from(rgb.width) * f64::from(rgb.height)))
    };
    (0..down).flat_map(|row| (0..across).map(move |column| (column, row))).map(one).collect()
}

/// IEC 61966-2-1: how much light a shade of sRGB gives, of 1.
fn light(shade: u8) -> f64 {
    let shade = f64::from(shade) / 255.0;
    if shade <= 0.04045 { shade / 12.92 } else { ((shade + 0.055) / 1.055).powf(2.4) }
}

/// And back, of 255.
fn shade(light: f64) -> f64 {
    let light = light.clamp(0.0, 1.0);
    255.0 * if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between nothing and a small number")]
fn whole(value: f64, most: u32) -> u32 {
    value.clamp(0.0, f64::from(most)) as u32
}

fn digits(text: &mut String, value: u32, many: u32) {
    for place in (0..many).rev() {
        let digit = usize::try_from(value / 83_u32.pow(place) % 83).unwrap_or_default();
        text.push(DIGITS.get(digit).map_or('0', |digit| char::from(*digit)));
    }
}
