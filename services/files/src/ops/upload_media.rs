//! Keeps what came with one request, each file by itself.

use contracts::ids::Media;
use host::{Here, Tx};
use kernel::{Actor, Fault, Id, User};

use super::{develop_media::DevelopMedia, must_be_open};
use crate::{
    fault::Refusal,
    model::{
        key,
        media::{Came, Visibility},
        settings::Settings,
    },
    store::{media, persons},
};

/// What became of one file.
pub type Kept = Result<Id<Media>, Refusal>;

/// All rows at once: of a request that broke off nothing is kept. The same bytes again are the upload they were before (F7),
/// so whoever didn't hear our answer may send them once more.
pub async fn upload_media(
    here: &Here,
    actor: &Actor,
    visibility: Visibility,
    files: Vec<Result<Came, Refusal>>,
) -> Result<Vec<Kept>, Fault> {
    let (owner, settings) = (actor.user()?, here.settings::<Settings>()?);
    let kept = host::write!(here.db, async |tx| {
        must_be_open(tx, owner).await?;
        let mut kept = Vec::new();
        for file in &files {
            kept.push(match file {
                Ok(came) => keep_in(tx, owner, visibility, came, settings.quota_bytes).await?,
                Err(refusal) => Err(*refusal),
            });
        }
        Ok(kept)
    });
    let unused = |came: &&Came| !kept.as_ref().is_ok_and(|kept| kept.contains(&Ok(came.id)));
    for came in files.iter().flatten().filter(unused) {
        // What can't be removed now the sweep removes.
        let _left = here.objects.remove_below(&key::waiting(came.id)).await;
    }
    kept
}

async fn keep_in(tx: &mut Tx, owner: Id<User>, visibility: Visibility, came: &Came, quota: i64) -> Result<Kept, Fault> {
    if let Some(same) = media::find_same(tx, owner, visibility, &came.sha256).await? {
        return Ok(Ok(same));
    }
    if !persons::take_room(tx, owner, came.bytes, quota).await? {
        return Ok(Err(Refusal::QuotaExceeded));
    }
    media::insert(tx, owner, visibility, came).await?;
    tx.enqueue(&DevelopMedia { media: came.id }, tx.now())?;
    Ok(Ok(came.id))
}
