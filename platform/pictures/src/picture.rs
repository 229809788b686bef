//! A developed picture.

use crate::Format;
use serde::{Deserialize, Serialize};

/// What became of the bytes somebody sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Of the original, upright.
    pub width: u32,
    /// Of the original, upright.
    pub height: u32,
    /// 4 × 3 components, 3 × 4 where it is taller than wide (the BlurHash algorithm, woltapp/blurhash).
    pub blurhash: String,
    /// The dominant colour, `#rrggbb` in sRGB.
    pub colour: String,
    /// From small to large, each size as WebP and as JPEG.
    pub variants: Vec<Variant>,
}

/// The picture in one size and format, with no metadata, in sRGB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    pub name: VariantName,
    /// WebP or JPEG.
    pub format: Format,
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
}

/// How large; a picture has no sizes beyond the first that holds all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VariantName {
    Thumb,
    Small,
    Medium,
    Large,
}

impl VariantName {
    pub const ALL: [Self; 4] = [Self::Thumb, Self::Small, Self::Medium, Self::Large];

    /// Stable.
    pub fn name(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    /// Pixels of the longest side.
    pub fn longest_side(self) -> u32 {
        match self {
            Self::Thumb => 160,
            Self::Small => 480,
            Self::Medium => 960,
            Self::Large => 1920,
        }
    }
}
