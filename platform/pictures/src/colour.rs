//! Colours as the screens of most people show them: sRGB.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use crate::raster::{Channels, Raster};

/// The picture in sRGB, as RGB, or as RGBA where anything shines through.
pub fn to_srgb(raster: Raster, profile: Option<&[u8]>) -> Raster {
    let raster = opaque(raster);
    let profile = profile.and_then(|profile| ColorProfile::new_from_slice(profile).ok());
    profile.and_then(|profile| converted(&raster, &profile)).unwrap_or_else(|| widened(raster))
}

/// None where the profile is of other colours than the picture, or can't be used.
fn converted(raster: &Raster, profile: &ColorProfile) -> Option<Raster> {
    let (space, layout) = match raster.channels {
        Channels::Grey => (DataColorSpace::Gray, Layout::Gray),
        Channels::GreyAlpha => (DataColorSpace::Gray, Layout::GrayAlpha),
        Channels::Rgb => (DataColorSpace::Rgb, Layout::Rgb),
        Channels::Rgba => (DataColorSpace::Rgb, Layout::Rgba),
        Channels::Cmyk => (DataColorSpace::Cmyk, Layout::Rgba),
    };
    (profile.color_space == space).then_some(())?;
    let channels = wide(raster.channels);
    let to = if channels == Channels::Rgba { Layout::Rgba } else { Layout::Rgb };
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(layout, &srgb, to, TransformOptions::default()).ok()?;
    let mut pixels = vec![0; raster.pixels.len() / raster.channels.count() * channels.count()];
    transform.transform(&raster.pixels, &mut pixels).ok()?;
    Some(Raster { channels, pixels, ..*raster })
}

/// Without an alpha channel that says nothing.
fn opaque(raster: Raster) -> Raster {
    match raster.channels {
        Channels::GreyAlpha => without::<2, 1>(raster, Channels::Grey, |[grey, alpha]| ([grey], alpha)),
        Channels::Rgba => without::<4, 3>(raster, Channels::Rgb, |[red, green, blue, alpha]| ([red, green, blue], alpha)),
        Channels::Grey | Channels::Rgb | Channels::Cmyk => raster,
    }
}

fn without<const N: usize, const M: usize>(raster: Raster, channels: Channels, apart: fn([u8; N]) -> ([u8; M], u8)) -> Raster {
    let (pixels, _) = raster.pixels.as_chunks::<N>();
    if pixels.iter().any(|pixel| apart(*pixel).1 != u8::MAX) {
        return raster;
    }
    let pixels = pixels.iter().flat_map(|pixel| apart(*pixel).0).collect();
    Raster { channels, pixels, ..raster }
}

fn widened(raster: Raster) -> Raster {
    let pixels = match raster.channels {
        Channels::Grey => raster.pixels.iter().flat_map(|grey| [*grey; 3]).collect(),
        Channels::GreyAlpha => {
            raster.pixels.as_chunks().0.iter().flat_map(|[grey, alpha]| [*grey, *grey, *grey, *alpha]).collect()
        }
        // Without a profile nobody knows what the inks look like together; this is what most viewers show.
        Channels::Cmyk => {
            let light = |ink: u8, black: u8| {
                let (ink, black) = (u32::from(255 - ink), u32::from(255 - black));
                u8::try_from((ink * black + 127) / 255).unwrap_or(u8::MAX)
            };
            let inks = raster.pixels.as_chunks().0.iter();
            inks.flat_map(|[cyan, magenta, yellow, black]| [cyan, magenta, yellow].map(|ink| light(*ink, *black))).collect()
        }
        Channels::Rgb | Channels::Rgba => return raster,
    };
    Raster { channels: wide(raster.channels), pixels, ..raster }
}

fn wide(channels: Channels) -> Channels {
    match channels {
        Channels::Grey | Channels::Rgb | Channels::Cmyk => Channels::Rgb,
        Channels::GreyAlpha | Channels::Rgba => Channels::Rgba,
    }
}
