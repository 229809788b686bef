//! From bytes to pixels, with what the file says about them: which way up, and which colours.

use std::io::Cursor;

use image::{
    ColorType, ImageDecoder, ImageError, Limits,
    codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder},
    metadata::Orientation,
};
use jpeg_decoder::PixelFormat;

use crate::{
    Format, Refusal, VariantName,
    raster::{Channels, Raster},
    size, sniff,
};

/// Bytes a decoder may hold besides the pixels it gives us: a film strip of canvases, profiles that unpack without end.
const DECODER_BYTES: u64 = 600 * 1024 * 1024;

pub struct Decoded {
    /// Of the picture as it is stored, which the raster may already be smaller than.
    pub sides: (u32, u32),
    pub raster: Raster,
    /// An ICC profile; sRGB where there is none.
    pub profile: Option<Vec<u8>>,
    pub orientation: Orientation,
}

pub fn decode(bytes: &[u8], format: Format) -> Result<Decoded, Refusal> {
    let reader = Cursor::new(bytes);
    match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => {
            let decoder = PngDecoder::with_limits(reader, limits()).map_err(|error| refusal(&error))?;
            let decoded = read(decoder)?;
            Ok(Decoded { orientation: orientation(sniff::png_exif(bytes)), ..decoded })
        }
        Format::Webp => read(WebPDecoder::new(reader).map_err(|error| refusal(&error))?),
        Format::Gif => read(GifDecoder::new(reader).map_err(|error| refusal(&error))?),
        Format::Pdf => Err(Refusal::NotAPicture),
    }
}

/// Decoded at a half, a quarter or an eighth, where that still is as large as the largest variant.
fn jpeg(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let damaged = |_| Refusal::Damaged;
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.read_info().map_err(damaged)?;
    let info = decoder.info().ok_or(Refusal::Damaged)?;
    size::check(info.width.into(), info.height.into())?;
    let (width, height) = size::fit(info.width.into(), info.height.into(), VariantName::Large.longest_side());
    let side = |side: u32| u16::try_from(side).map_err(|_| Refusal::TooManyPixels);
    let (width, height) = decoder.scale(side(width)?, side(height)?).map_err(damaged)?;
    let pixels = decoder.decode().map_err(damaged)?;
    let channels = match info.pixel_format {
        PixelFormat::L8 => Channels::Grey,
        PixelFormat::RGB24 => Channels::Rgb,
        PixelFormat::CMYK32 => Channels::Cmyk,
        PixelFormat::L16 => return Err(Refusal::Damaged),
    };
    Ok(Decoded {
        sides: (info.width.into(), info.height.into()),
        raster: Raster::new(width.into(), height.into(), channels, pixels)?,
        profile: decoder.icc_profile(),
        orientation: orientation(decoder.exif_data()),
    })
}

fn read(mut decoder: impl ImageDecoder) -> Result<Decoded, Refusal> {
    let (width, height) = decoder.dimensions();
    size::check(width, height)?;
    decoder.set_limits(limits()).map_err(|error| refusal(&error))?;
    // Without a profile that can be read, a picture is shown as sRGB.
    let profile = decoder.icc_profile().unwrap_or_default();
    let exif = decoder.exif_metadata().unwrap_or_default();
    let colour = decoder.color_type();
    let mut pixels = vec![0; usize::try_from(decoder.total_bytes()).map_err(|_| Refusal::TooManyPixels)?];
    decoder.read_image(&mut pixels).map_err(|error| refusal(&error))?;
    let (channels, pixels) = narrowed(colour, pixels)?;
    let raster = Raster::new(width, height, channels, pixels)?;
    Ok(Decoded { sides: (width, height), raster, profile, orientation: orientation(exif.as_deref()) })
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(DECODER_BYTES);
    limits
}

/// Eight bits a channel.
fn narrowed(colour: ColorType, pixels: Vec<u8>) -> Result<(Channels, Vec<u8>), Refusal> {
    let channels = match colour {
        ColorType::L8 | ColorType::L16 => Channels::Grey,
        ColorType::La8 | ColorType::La16 => Channels::GreyAlpha,
        ColorType::Rgb8 | ColorType::Rgb16 => Channels::Rgb,
        ColorType::Rgba8 | ColorType::Rgba16 => Channels::Rgba,
        _ => return Err(Refusal::Damaged),
    };
    let is_wide = matches!(colour, ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16);
    Ok((channels, if is_wide { halved(pixels) } else { pixels }))
}

/// Every two bytes become one, in place: the largest pictures have no room twice.
fn halved(mut pixels: Vec<u8>) -> Vec<u8> {
    let half = pixels.len() / 2;
    for at in 0..half {
        let pair = pixels.get(at * 2..at * 2 + 2).and_then(|pair| pair.first_chunk());
        let wide = u32::from(pair.map_or(0, |pair| u16::from_ne_bytes(*pair)));
        if let Some(place) = pixels.get_mut(at) {
            *place = u8::try_from((wide + 128) / 257).unwrap_or(u8::MAX);
        }
    }
    pixels.truncate(half);
    pixels.shrink_to_fit();
    pixels
}

/// Upright where nothing else is said; some writers keep JPEG's own prefix before the EXIF data.
fn orientation(exif: Option<&[u8]>) -> Orientation {
    let exif = exif.map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}

fn refusal(error: &ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::TooSlow,
        _ => Refusal::Damaged,
    }
}
