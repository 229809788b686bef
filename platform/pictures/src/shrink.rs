//! Fewer pixels.

use fast_image_resize::{
    FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};

use crate::{
    Refusal,
    raster::{Channels, Raster},
};

/// By Lanczos with three lobes, weighted by alpha, as sharp does.
pub fn shrink(raster: &Raster, width: u32, height: u32) -> Result<Raster, Refusal> {
    let kind = match raster.channels {
        Channels::Grey => PixelType::U8,
        Channels::GreyAlpha => PixelType::U8x2,
        Channels::Rgb => PixelType::U8x3,
        Channels::Rgba | Channels::Cmyk => PixelType::U8x4,
    };
    let source = ImageRef::new(raster.width, raster.height, &raster.pixels, kind).map_err(|_| Refusal::Damaged)?;
    let mut target = Image::new(width, height, kind);
    let has_alpha = matches!(raster.channels, Channels::GreyAlpha | Channels::Rgba);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).use_alpha(has_alpha);
    Resizer::new().resize(&source, &mut target, &options).map_err(|_| Refusal::Damaged)?;
    Raster::new(width, height, raster.channels, target.into_vec())
}
