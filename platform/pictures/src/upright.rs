//! Turned as the camera was held (EXIF 2.32, orientation).

use image::{DynamicImage, RgbImage, RgbaImage, metadata::Orientation};

use crate::{
    Refusal,
    raster::{Channels, Raster},
};

/// The sides of the picture once it is upright.
pub fn sides((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    match orientation {
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            (height, width)
        }
        Orientation::NoTransforms | Orientation::Rotate180 | Orientation::FlipHorizontal | Orientation::FlipVertical => {
            (width, height)
        }
    }
}

/// The picture, in RGB or RGBA, turned.
pub fn upright(raster: Raster, orientation: Orientation) -> Result<Raster, Refusal> {
    let Raster { width, height, channels, pixels } = raster;
    let image = match channels {
        Channels::Rgb => RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
        Channels::Rgba => RgbaImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8),
        Channels::Grey | Channels::GreyAlpha | Channels::Cmyk => None,
    };
    let mut image = image.ok_or(Refusal::Damaged)?;
    image.apply_orientation(orientation);
    let (width, height) = (image.width(), image.height());
    Raster::new(width, height, channels, image.into_bytes())
}
