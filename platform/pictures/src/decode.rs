//! From bytes to pixels, with what the file says about them: which way up, and which colours.

use std::io::Cursor;

use image::{
    ColorType, ImageDecoder, ImageError, Limits,
    codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder},
    metadata::Orientation,
};
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use crate::{
    Format, Refusal,
    raster::{Channels, Raster},
    size, sniff,
};

/// Bytes a decoder may hold besides the pixels it gives us: a film strip of canvases, profiles that unpack without end.
const DECODER_BYTES: u64 = 600 * 1024 * 1024;

pub struct Decoded {
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

fn jpeg(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let damaged = |_| Refusal::Damaged;
    let mut decoder = JpegDecoder::new(ZCursor::new(bytes));
    decoder.decode_headers().map_err(damaged)?;
    let (width, height) = decoder.dimensions().ok_or(Refusal::Damaged)?;
    let (width, height) = (u32::try_from(width).unwrap_or(u32::MAX), u32::try_from(height).unwrap_or(u32::MAX));
    size::check(width, height)?;
    // Inks become RGB without their profile, as most viewers show them.
    let (wanted, channels) = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => (ColorSpace::Luma, Channels::Grey),
        _ => (ColorSpace::RGB, Channels::Rgb),
    };
    decoder.set_options(DecoderOptions::default().jpeg_set_out_colorspace(wanted).set_strict_mode(false));
    let pixels = decoder.decode().map_err(damaged)?;
    let raster = Raster::new(width, height, channels, pixels)?;
    Ok(Decoded { raster, profile: decoder.icc_profile(), orientation: orientation(decoder.exif().map(Vec::as_slice)) })
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
    Ok(Decoded { raster, profile, orientation: orientation(exif.as_deref()) })
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
