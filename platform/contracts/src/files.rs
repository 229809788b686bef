//! What files tells and answers.

use kernel::{Fault, Id, User};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ids::Media;

kernel::named! {
    /// How large: the longest side in pixels is at most 160, 480, 960 or 1920. A picture has no sizes beyond the first that
    /// holds all of it.
    pub PictureSize {
        Thumb = "thumb",
        Small = "small",
        Medium = "medium",
        Large = "large",
    }
}

kernel::named! {
    /// What a variant is encoded as.
    pub PictureFormat {
        Webp = "webp",
        Jpeg = "jpeg",
    }
}

/// A finished picture, as services keep it. Where its bytes are fetched is said when it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub media: Id<Media>,
    /// Of the original, upright.
    pub width: u32,
    pub height: u32,
    pub blurhash: String,
    /// The dominant colour, `#rrggbb`.
    pub colour: String,
    /// From small to large, each size as WebP and as JPEG.
    pub variants: Vec<Variant>,
}

/// The picture in one size and format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    pub name: PictureSize,
    pub format: PictureFormat,
    pub width: u32,
    pub height: u32,
    /// Of the object: the same bytes for ever.
    pub key: String,
}

/// A picture as people get it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PictureView {
    pub id: Id<Media>,
    /// Pixels of the original, upright.
    #[schema(example = 3024)]
    pub width: u32,
    #[schema(example = 4032)]
    pub height: u32,
    /// What to show until the picture is there (blurha.sh).
    #[schema(example = "LEHV6nWB2yk8pyo0adR*.7kCMdnj")]
    pub blurhash: String,
    /// The dominant colour.
    #[schema(example = "#a0522d")]
    pub colour: String,
    /// From small to large, each size as WebP and as JPEG.
    pub variants: Vec<PictureVariant>,
}

/// A picture in one size and format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PictureVariant {
    pub name: PictureSize,
    pub format: PictureFormat,
    #[schema(example = 360)]
    pub width: u32,
    #[schema(example = 480)]
    pub height: u32,
    /// The same bytes for ever, so it may be kept for ever.
    #[schema(example = "http://127.0.0.1:8080/media/public/med_01ja7krygge008000000000001/small-9f86d081884c7d65.webp")]
    pub url: String,
}

impl Picture {
    /// With the addresses its bytes are fetched from, below `base`.
    pub fn shown(&self, base: &str) -> PictureView {
        self.shown_by(|variant| format!("{base}/{}", variant.key))
    }

    /// With the addresses `url` gives.
    pub fn shown_by(&self, url: impl Fn(&Variant) -> String) -> PictureView {
        let view = |variant: &Variant| PictureVariant {
            name: variant.name,
            format: variant.format,
            width: variant.width,
            height: variant.height,
            url: url(variant),
        };
        PictureView {
            id: self.media,
            width: self.width,
            height: self.height,
            blurhash: self.blurhash.clone(),
            colour: self.colour.clone(),
            variants: self.variants.iter().map(view).collect(),
        }
    }
}

/// Somebody's upload is finished.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MediaReady {
    pub media: Id<Media>,
    pub version: i64,
    pub owner: Id<User>,
    /// What everybody may see; `None` where it is private or no picture.
    pub picture: Option<Picture>,
}

/// Somebody's upload came to nothing: it was refused when it was looked at, or couldn't be worked on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MediaFailed {
    pub media: Id<Media>,
    pub version: i64,
    pub owner: Id<User>,
    /// A stable code.
    pub reason: String,
}

/// It is gone, and with it every variant.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MediaDeleted {
    pub media: Id<Media>,
    pub version: i64,
    pub owner: Id<User>,
}

crate::facts! {
    MediaReady = "files.media_ready.v1";
    MediaFailed = "files.media_failed.v1";
    MediaDeleted = "files.media_deleted.v1";
}

/// Which of these are pictures of `owner`'s that everybody may see, or will be once they are finished. At most 100.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PicturesOf {
    pub owner: Id<User>,
    pub media: Vec<Id<Media>>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owned {
    pub media: Id<Media>,
    pub version: i64,
    /// `None` while it is worked on.
    pub picture: Option<Picture>,
}

crate::asks! {
    PicturesOf = "files.pictures_of.v1" -> Vec<Owned>;
}

/// What a service that shows pictures keeps of one, from whichever message; the newer version wins.
#[derive(Debug)]
pub struct Copied {
    pub media: Id<Media>,
    pub owner: Id<User>,
    pub version: i64,
    /// A [`Picture`], kept as the text it is; `None` where it is gone, not there yet, or not for everybody.
    pub picture: Option<Value>,
}

impl Copied {
    fn new(media: Id<Media>, owner: Id<User>, version: i64, picture: Option<&Picture>) -> Result<Self, Fault> {
        Ok(Self { media, owner, version, picture: picture.map(serde_json::to_value).transpose()? })
    }
}

impl MediaReady {
    pub fn copied(&self) -> Result<Copied, Fault> {
        Copied::new(self.media, self.owner, self.version, self.picture.as_ref())
    }
}

impl MediaDeleted {
    pub fn copied(&self) -> Result<Copied, Fault> {
        Copied::new(self.media, self.owner, self.version, None)
    }
}

impl Owned {
    pub fn copied(&self, owner: Id<User>) -> Result<Copied, Fault> {
        Copied::new(self.media, owner, self.version, self.picture.as_ref())
    }
}
