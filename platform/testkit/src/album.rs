//! Files, as a test plays it for services whose things have pictures.

use std::sync::{Arc, Mutex};

use contracts::{
    files::{MediaDeleted, MediaReady, Owned, Picture, PictureFormat, PictureSize, PicturesOf, Variant},
    ids::Media,
};
use kernel::{Fault, Id, User};

/// Whose pictures there are. Cheap to clone; all clones are one.
#[derive(Debug, Clone, Default)]
pub struct Album(Arc<Mutex<Vec<Kept>>>);

type Kept = (Id<User>, Owned);

impl Album {
    /// A picture that is still worked on.
    pub fn upload(&self, owner: Id<User>, media: Id<Media>) {
        self.0.lock().unwrap().push((owner, Owned { media, version: 1, picture: None }));
    }

    /// It is ready now; the fact that says so, for whoever should hear it.
    pub fn finish(&self, media: Id<Media>) -> MediaReady {
        let mut kept = self.0.lock().unwrap();
        let (owner, owned) = kept.iter_mut().find(|(_, owned)| owned.media == media).expect("it was uploaded");
        *owned = Owned { media, version: 2, picture: Some(picture(media)) };
        MediaReady { media, version: 2, owner: *owner, picture: owned.picture.clone() }
    }

    /// It is gone; the fact that says so.
    pub fn delete(&self, media: Id<Media>) -> MediaDeleted {
        let mut kept = self.0.lock().unwrap();
        let at = kept.iter().position(|(_, owned)| owned.media == media).expect("it was uploaded");
        let (owner, _) = kept.remove(at);
        MediaDeleted { media, version: 3, owner }
    }

    /// What files answers.
    pub fn pictures_of(&self, ask: &PicturesOf) -> Result<Vec<Owned>, Fault> {
        let kept = self.0.lock().unwrap();
        let find = |media: &Id<Media>| kept.iter().find(|(owner, owned)| *owner == ask.owner && owned.media == *media);
        Ok(ask.media.iter().filter_map(find).map(|(_, owned)| owned.clone()).collect())
    }
}

fn picture(media: Id<Media>) -> Picture {
    let key = format!("public/{media}/thumb-0123456789abcdef0123456789abcdef.webp");
    let thumb = Variant { name: PictureSize::Thumb, format: PictureFormat::Webp, width: 160, height: 120, key };
    Picture {
        media,
        width: 800,
        height: 600,
        blurhash: "LEHV6nWB2yk8pyo0adR*.7kCMdnj".into(),
        colour: "#a0522d".into(),
        variants: vec![thumb],
    }
}
