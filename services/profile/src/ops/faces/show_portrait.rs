//! Shows somebody by a picture of theirs: at once where it is ready, and as soon as it is where it isn't.

use std::time::Duration;

use contracts::{
    files::{Owned, Picture, PicturesOf},
    ids::Media,
};
use host::{Here, Tx};
use kernel::{Fault, Id, Job, User};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    fault::Refusal,
    model::portrait::{Kept, Portrait},
    store::{portraits, profiles},
};

/// How long a picture takes as a rule.
const SOON: Duration = Duration::from_secs(1);

/// What somebody wishes to be shown by.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// By what they are shown by now: nothing was said.
    #[default]
    Same,
    /// By none: `null`.
    Nothing,
    Picture(Id<Media>),
}

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        Option::deserialize(value).map(|chosen| chosen.map_or(Self::Nothing, Self::Picture))
    }
}

/// By which picture, or by none.
#[derive(Debug)]
pub struct Wish {
    kind: Portrait,
    picture: Option<Owned>,
}

impl Wish {
    /// As files knows the picture now; `None` where nothing is wished.
    pub async fn of(here: &Here, user: Id<User>, kind: Portrait, choice: Choice) -> Result<Option<Self>, Fault> {
        let picture = match choice {
            Choice::Same => return Ok(None),
            Choice::Nothing => None,
            Choice::Picture(media) => Some(find(here, user, media).await?.ok_or_else(|| unknown(kind))?),
        };
        Ok(Some(Self { kind, picture }))
    }
}

fn unknown(kind: Portrait) -> Refusal {
    match kind {
        Portrait::Avatar => Refusal::AvatarUnknown,
        Portrait::Cover => Refusal::CoverUnknown,
    }
}

async fn find(here: &Here, owner: Id<User>, media: Id<Media>) -> Result<Option<Owned>, Fault> {
    Ok(here.peers.ask(PicturesOf { owner, media: vec![media] }).await?.into_iter().find(|owned| owned.media == media))
}

pub(super) async fn portray_in(tx: &mut Tx, user: Id<User>, wish: &Wish) -> Result<(), Fault> {
    let kind = wish.kind;
    let Some(Owned { media, picture, .. }) = &wish.picture else { return portraits::clear(tx, user, kind).await };
    let kept = picture.as_ref().map(Kept::of).transpose()?;
    portraits::set(tx, user, kind, *media, kept.as_ref()).await?;
    // Also of one that is ready: it may be deleted at this moment, and who deletes it finds nobody yet.
    tx.enqueue(&SettlePortrait { user, kind, media: *media }, tx.now().plus(SOON))
}

/// Work for after somebody chose a picture: looks how it is.
#[derive(Debug, Serialize, Deserialize)]
pub struct SettlePortrait {
    user: Id<User>,
    kind: Portrait,
    media: Id<Media>,
}
impl Job for SettlePortrait {
    const NAME: &'static str = "settle_portrait";
}

/// Shows it once it is ready, and no longer waits for one that came to nothing.
pub async fn settle_portrait(here: &Here, job: &SettlePortrait) -> Result<(), Fault> {
    let SettlePortrait { user, kind, media } = *job;
    let kept = match find(here, user, media).await? {
        Some(Owned { picture: Some(picture), .. }) => Some(Kept::of(&picture)?),
        Some(_) => return Err(Fault::unavailable(1, "the picture is still worked on")),
        None => None,
    };
    host::write!(here.db, async |tx| {
        profiles::lock(tx, user).await?;
        match &kept {
            Some(kept) => portraits::settle(tx, user, kind, media, kept).await,
            None => portraits::forget(tx, user, kind, media).await,
        }
    })
}

/// A picture is ready, or everybody may see it no more: so are those whom it shows.
pub async fn apply_in(tx: &mut Tx, media: Id<Media>, picture: Option<&Picture>) -> Result<(), Fault> {
    let kept = picture.map(Kept::of).transpose()?;
    for (user, kind) in portraits::shown_by(tx, media).await? {
        profiles::lock(tx, user).await?;
        match &kept {
            Some(kept) => portraits::settle(tx, user, kind, media, kept).await?,
            None => portraits::forget(tx, user, kind, media).await?,
        }
    }
    Ok(())
}
