//! Pictures of people.

use contracts::files::{Picture, PictureSize};

kernel::named! {
    /// What a picture shows somebody by.
    pub Portrait {
        Avatar = "avatar",
        Cover = "cover",
    }
}

/// What goes with a name wherever it is read: the smallest sizes alone.
pub fn face(avatar: &Picture) -> Picture {
    let thumbs = avatar.variants.iter().filter(|variant| variant.name == PictureSize::Thumb);
    Picture { variants: thumbs.cloned().collect(), ..avatar.clone() }
}
