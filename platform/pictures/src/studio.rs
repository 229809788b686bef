//! Pictures made for tests: a gradient whose corners can be told apart.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::{
    Format, encode,
    raster::{Channels, Raster},
};

pub struct Made {
    pub format: Format,
    pub bytes: Vec<u8>,
}

/// Red grows to the right, green downwards; nothing is dark.
pub fn picture(width: u32, height: u32) -> RgbImage {
    let shade = |at: u32, of: u32| u8::try_from(55 + at * 200 / of.max(1)).unwrap();
    RgbImage::from_fn(width, height, |x, y| Rgb([shade(x, width), shade(y, height), 128]))
}

pub fn raster(width: u32, height: u32) -> Raster {
    Raster::new(width, height, Channels::Rgb, picture(width, height).into_raw()).unwrap()
}

/// Without two pixels alike, the same every time (xorshift64, Marsaglia 2003).
pub fn grain(width: u32, height: u32) -> Raster {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut byte = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[7]
    };
    let pixels = (0..width * height * 3).map(|_| byte()).collect();
    Raster::new(width, height, Channels::Rgb, pixels).unwrap()
}

pub fn saved(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.into().write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    saved(picture(width, height), ImageFormat::Png)
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encode::jpeg(&raster(width, height)).unwrap()
}

pub fn of(format: Format) -> Vec<u8> {
    match format {
        Format::Jpeg => jpeg(64, 48),
        Format::Png => png(64, 48),
        Format::Webp => encode::webp(&raster(64, 48)).unwrap(),
        Format::Gif => saved(picture(64, 48), ImageFormat::Gif),
        Format::Pdf => panic!("not a picture"),
    }
}

pub fn every_format() -> Vec<Made> {
    [Format::Jpeg, Format::Png, Format::Webp, Format::Gif].map(|format| Made { format, bytes: of(format) }).into()
}
