//! From pixels to bytes that carry nothing but the pixels.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use webp::{PixelLayout, WebPConfig};

use crate::{
    Refusal,
    raster::{Channels, Raster},
};

/// Of both formats; what sharp takes where nothing is said.
const QUALITY: u8 = 80;
/// How hard libwebp tries, of 6; its own default.
const EFFORT: i32 = 4;

/// Lossy, its alpha lossless.
pub fn webp(raster: &Raster) -> Result<Vec<u8>, Refusal> {
    let layout = if raster.channels == Channels::Rgba { PixelLayout::Rgba } else { PixelLayout::Rgb };
    let mut config = WebPConfig::new().map_err(|()| Refusal::TooSlow)?;
    config.quality = f32::from(QUALITY);
    config.method = EFFORT;
    let encoder = webp::Encoder::new(&raster.pixels, layout, raster.width, raster.height);
    // It has no other reason to fail than memory.
    encoder.encode_advanced(&config).map(|bytes| bytes.to_vec()).map_err(|_| Refusal::TooSlow)
}

/// Of an RGB picture; colour at half the resolution, as JPEG of photos usually is.
pub fn jpeg(raster: &Raster) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_optimized_huffman_tables(true);
    let side = |side: u32| u16::try_from(side).map_err(|_| Refusal::TooManyPixels);
    let (width, height) = (side(raster.width)?, side(raster.height)?);
    encoder.encode(&raster.pixels, width, height, ColorType::Rgb).map_err(|_| Refusal::Damaged)?;
    Ok(bytes)
}
