//! What bytes are, whatever their sender calls them.

use serde::{Deserialize, Serialize};

/// A format we take, or one we make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Jpeg,
    Png,
    Webp,
    /// Its first frame, as a still.
    Gif,
    /// A document: looked at by `sniff`, never developed.
    Pdf,
}

impl Format {
    /// Stable; also the usual extension but for JPEG's `jpg`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Pdf => "pdf",
        }
    }

    /// The media type it is served with (IANA registry).
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Pdf => "application/pdf",
        }
    }
}
