//! Pixels in memory.

use crate::Refusal;

/// Rows from the top, 8 bits a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    pub width: u32,
    pub height: u32,
    pub channels: Channels,
    pub pixels: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channels {
    Grey,
    GreyAlpha,
    Rgb,
    Rgba,
    /// Inks, 255 where one covers the paper.
    Cmyk,
}

impl Channels {
    pub fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::GreyAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }
}

impl Raster {
    /// Refused where the pixels aren't as many as the sides say.
    pub fn new(width: u32, height: u32, channels: Channels, pixels: Vec<u8>) -> Result<Self, Refusal> {
        let wanted = u64::from(width) * u64::from(height) * channels.count() as u64;
        if pixels.len() as u64 == wanted { Ok(Self { width, height, channels, pixels }) } else { Err(Refusal::Damaged) }
    }

    /// The picture on white, in RGB. `self` is RGB already where it has no alpha.
    pub fn on_white(&self) -> Self {
        if self.channels != Channels::Rgba {
            return self.clone();
        }
        let (pixels, _) = self.pixels.as_chunks::<4>();
        let pixels = pixels.iter().flat_map(|[red, green, blue, alpha]| [red, green, blue].map(|own| over_white(*own, *alpha)));
        Self { channels: Channels::Rgb, pixels: pixels.collect(), ..*self }
    }
}

fn over_white(own: u8, alpha: u8) -> u8 {
    let (own, alpha) = (u32::from(own), u32::from(alpha));
    u8::try_from((own * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
}
