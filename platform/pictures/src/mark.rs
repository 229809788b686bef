//! What stands where a picture will be, until it is there: a blur and a colour.

use crate::{Refusal, blurhash, raster::Raster, shrink::shrink, size};

/// Pixels of the longest side: the blur keeps four waves at most.
const BLURRED_SIDE: u32 = 64;
/// Each channel's values are told apart by their four upper bits.
const SHADES: usize = 16;

/// The BlurHash of an RGB picture, four components along its longer side and three along the other.
pub fn blurhash(rgb: &Raster) -> Result<String, Refusal> {
    let (width, height) = size::fit(rgb.width, rgb.height, BLURRED_SIDE);
    let small = if (width, height) == (rgb.width, rgb.height) { rgb } else { &shrink(rgb, width, height)? };
    let (across, down) = if height > width { (3, 4) } else { (4, 3) };
    Ok(blurhash::encode(small, across, down))
}

/// The mean of the colours most pixels are near to, `#rrggbb`.
pub fn colour(rgb: &Raster) -> String {
    let mut bins = vec![[0_u64; 4]; SHADES * SHADES * SHADES];
    let (pixels, _) = rgb.pixels.as_chunks::<3>();
    for [red, green, blue] in pixels {
        let at = [red, green, blue].into_iter().fold(0, |at, own| at * SHADES + usize::from(own >> 4));
        if let Some([count, reds, greens, blues]) = bins.get_mut(at) {
            *count += 1;
            *reds += u64::from(*red);
            *greens += u64::from(*green);
            *blues += u64::from(*blue);
        }
    }
    let [count, sums @ ..] = bins.into_iter().max_by_key(|[count, ..]| *count).unwrap_or_default();
    let [red, green, blue] = sums.map(|sum| (sum + count / 2) / count.max(1));
    format!("#{red:02x}{green:02x}{blue:02x}")
}
