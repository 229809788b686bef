//! An upload, from its arrival to its end.

use contracts::{files::Picture, ids};
use kernel::{Id, Machine, Move, User};
use pictures::Format;
use serde::{Deserialize, Serialize};

kernel::named! {
    /// Who may fetch it.
    pub Visibility {
        /// Everybody who has its address.
        Public = "public",
        /// Its owner, by addresses that are good for minutes.
        Private = "private",
    }
}

kernel::named! {
    /// What the bytes are.
    pub MediaFormat {
        Jpeg = "jpeg",
        Png = "png",
        Webp = "webp",
        Gif = "gif",
        Pdf = "pdf",
    }
}

kernel::named! {
    /// A picture is shown in several sizes, a document is kept as it came.
    pub MediaKind {
        Picture = "picture",
        Document = "document",
    }
}

kernel::named! {
    /// Where an upload stands.
    pub MediaState {
        /// It is looked at and made into variants.
        Processing = "processing",
        Ready = "ready",
        /// It isn't what it says, or more than we take.
        Rejected = "rejected",
        /// We couldn't work on it.
        Failed = "failed",
        Deleted = "deleted",
    }
}

impl From<Format> for MediaFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Jpeg => Self::Jpeg,
            Format::Png => Self::Png,
            Format::Webp => Self::Webp,
            Format::Gif => Self::Gif,
            Format::Pdf => Self::Pdf,
        }
    }
}

impl MediaFormat {
    pub fn kind(self) -> MediaKind {
        match self {
            Self::Pdf => MediaKind::Document,
            Self::Jpeg | Self::Png | Self::Webp | Self::Gif => MediaKind::Picture,
        }
    }
}

/// Who moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Owner,
    /// The job that develops it.
    Worker,
}

pub const FINISH: &str = "finish";
pub const REJECT: &str = "reject";
pub const FAIL: &str = "fail";
pub const DELETE: &str = "delete";

const fn by_worker(verb: &'static str, to: MediaState, guard: &'static str) -> Move<MediaState, By> {
    Move { verb, from: MediaState::Processing, to, by: By::Worker, guard }
}

const fn by_owner(from: MediaState) -> Move<MediaState, By> {
    Move { verb: DELETE, from, to: MediaState::Deleted, by: By::Owner, guard: "or their account was erased" }
}

/// Every move of an upload (X7).
pub const MEDIA: Machine<MediaState, By> = Machine {
    name: "media",
    moves: &[
        by_worker(FINISH, MediaState::Ready, "every variant is kept"),
        by_worker(REJECT, MediaState::Rejected, "its bytes were refused"),
        by_worker(FAIL, MediaState::Failed, "its worker failed 5 times"),
        by_owner(MediaState::Processing),
        by_owner(MediaState::Ready),
        by_owner(MediaState::Rejected),
        by_owner(MediaState::Failed),
    ],
};

/// After so many workers that failed the fault isn't one of the moment.
pub const TRIES: i16 = 5;

/// A file that came, with its bytes in their place and no row yet: until there is one it counts for nothing.
#[derive(Debug)]
pub struct Came {
    pub id: Id<ids::Media>,
    pub format: MediaFormat,
    pub bytes: i64,
    pub sha256: Vec<u8>,
}

/// A finished picture, as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Developed(pub Picture);

/// What copies elsewhere know of an upload.
#[derive(Debug)]
pub struct Told {
    pub id: Id<ids::Media>,
    pub owner: Id<User>,
    pub version: i64,
    pub visibility: Visibility,
    pub state: MediaState,
    pub picture: Option<Developed>,
}

/// An upload as it is kept.
#[derive(Debug, Clone)]
pub struct Media {
    pub id: Id<ids::Media>,
    pub owner: Id<User>,
    pub visibility: Visibility,
    pub format: MediaFormat,
    pub bytes: i64,
    pub sha256: Vec<u8>,
    pub state: MediaState,
    pub version: i64,
}

impl Media {
    /// Where a verb leads from here.
    pub fn step(&self, verb: &str, by: By) -> Option<MediaState> {
        MEDIA.step(self.state, verb, by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn x7_the_readme_shows_the_machine() {
        assert!(include_str!("../../README.md").contains(&MEDIA.table()), "{}", MEDIA.table());
    }

    proptest! {
        #[test]
        fn x7_an_upload_is_worked_on_once_and_what_is_deleted_stays_so(walk in prop::collection::vec((0..4_usize, any::<bool>()), 0..12)) {
            let (mut state, mut worked, mut deleted) = (MediaState::Processing, 0, 0);
            for (verb, owner) in walk {
                let (verb, by) = ([FINISH, REJECT, FAIL, DELETE][verb], if owner { By::Owner } else { By::Worker });
                if let Some(next) = MEDIA.step(state, verb, by) {
                    prop_assert!(state != MediaState::Deleted);
                    prop_assert_eq!(next == MediaState::Deleted, by == By::Owner);
                    if by == By::Owner { deleted += 1 } else { worked += 1 }
                    state = next;
                }
            }
            prop_assert!(worked <= 1 && deleted <= 1);
        }
    }
}
