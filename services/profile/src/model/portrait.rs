//! Pictures of people.

use contracts::files::{Picture, PictureSize};
use kernel::Fault;
use serde_json::Value;

kernel::named! {
    /// What a picture shows somebody by.
    pub Portrait {
        Avatar = "avatar",
        Cover = "cover",
    }
}

/// A picture as it is kept: the text it is, never looked into.
#[derive(Debug)]
pub struct Kept {
    pub picture: Value,
    /// What goes with a name wherever it is read: the smallest sizes alone.
    pub face: Value,
}

impl Kept {
    pub fn of(picture: &Picture) -> Result<Self, Fault> {
        let thumbs = picture.variants.iter().filter(|variant| variant.name == PictureSize::Thumb);
        let face = Picture { variants: thumbs.cloned().collect(), ..picture.clone() };
        Ok(Self { picture: serde_json::to_value(picture)?, face: serde_json::to_value(face)? })
    }
}
