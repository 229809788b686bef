//! From bytes to variants: decoded once, shrunk step by step from large to small.

use image::metadata::Orientation;

use crate::{
    Format, Picture, Refusal, Variant, VariantName, colour,
    decode::{Decoded, decode},
    encode, mark,
    raster::Raster,
    shrink::shrink,
    size, sniff,
    upright::{self, upright},
};

/// Develops a picture in this process: as long and as large as the picture demands, within the caps of its sides.
/// Hostile bytes belong into a `Lab`.
pub fn develop(bytes: &[u8]) -> Result<Picture, Refusal> {
    let format = sniff(bytes)?;
    let Decoded { sides, raster, profile, orientation } = decode(bytes, format)?;
    let (width, height) = upright::sides(sides, orientation);
    let sizes = sizes(width, height);
    let mut raster = largest(raster, profile.as_deref(), orientation, sizes.last().map_or(width.max(height), |(_, side)| *side))?;
    let mut variants = Vec::new();
    let mut small = None;
    for (name, side) in sizes.into_iter().rev() {
        raster = fitted(raster, side)?;
        let flat = raster.on_white();
        variants.extend(both(name, &raster, &flat)?);
        small = Some(flat);
    }
    variants.reverse();
    let small = small.ok_or(Refusal::Damaged)?;
    Ok(Picture { width, height, blurhash: mark::blurhash(&small)?, colour: mark::colour(&small), variants })
}

/// The sizes there are, from small to large: up to the first that holds all of the picture.
fn sizes(width: u32, height: u32) -> Vec<(VariantName, u32)> {
    let longest = width.max(height);
    let smaller = VariantName::ALL.iter().filter(|name| name.longest_side() < longest).count();
    VariantName::ALL.into_iter().take(smaller + 1).map(|name| (name, name.longest_side())).collect()
}

/// The largest variant, upright and in sRGB. Shrinking comes first: turning and converting cost by the pixel.
fn largest(raster: Raster, profile: Option<&[u8]>, orientation: Orientation, side: u32) -> Result<Raster, Refusal> {
    let raster = fitted(raster, side)?;
    upright(colour::to_srgb(raster, profile), orientation)
}

fn fitted(raster: Raster, side: u32) -> Result<Raster, Refusal> {
    let (width, height) = size::fit(raster.width, raster.height, side);
    if (width, height) == (raster.width, raster.height) { Ok(raster) } else { shrink(&raster, width, height) }
}

/// JPEG first: they are turned round with the sizes.
fn both(name: VariantName, raster: &Raster, flat: &Raster) -> Result<[Variant; 2], Refusal> {
    let Raster { width, height, .. } = *raster;
    let variant = |format, bytes| Variant { name, format, width, height, bytes };
    Ok([variant(Format::Jpeg, encode::jpeg(flat)?), variant(Format::Webp, encode::webp(raster)?)])
}

#[cfg(test)]
mod tests;
