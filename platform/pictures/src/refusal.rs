//! Every way a picture is turned away; the same bytes are turned away the same way every time.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why these bytes will never become a picture. The sentence is for the person who sent them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// There are no bytes.
    Empty,
    /// More than 25 MB.
    TooLarge,
    /// None of the formats we take.
    UnknownFormat,
    /// Two formats in one file.
    Polyglot,
    /// Longer than 16,384 on a side, or more than 64 megapixels.
    TooManyPixels,
    /// It doesn't hold what its headers promise, or holds a kind of its format that nobody decodes.
    Damaged,
    /// It wanted more time or memory than a picture gets.
    TooSlow,
    /// A document that runs something.
    ActiveContent,
    /// A document, where a picture was wanted.
    NotAPicture,
}

impl Refusal {
    /// Stable, for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::UnknownFormat => "unknown_format",
            Self::Polyglot => "polyglot",
            Self::TooManyPixels => "too_many_pixels",
            Self::Damaged => "damaged",
            Self::TooSlow => "too_slow",
            Self::ActiveContent => "active_content",
            Self::NotAPicture => "not_a_picture",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "The file is empty.",
            Self::TooLarge => "The file is larger than 25 MB.",
            Self::UnknownFormat => "This isn't a format we take: pictures may be JPEG, PNG, WebP or GIF, documents PDF.",
            Self::Polyglot => "The file holds something else beside its picture or document.",
            Self::TooManyPixels => "The picture is too large: at most 16,384 pixels on a side and 64 megapixels.",
            Self::Damaged => "The file is damaged, incomplete, or of a kind that can't be read.",
            Self::TooSlow => "The picture takes too much time or memory to read.",
            Self::ActiveContent => "The document holds a script, another file, or something that starts a program.",
            Self::NotAPicture => "This is a document, not a picture.",
        })
    }
}

impl std::error::Error for Refusal {}
