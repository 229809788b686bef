//! Keeps the files that came with one request, each by itself.

use contracts::ids::Media;
use host::{Here, Tx};
use kernel::{Actor, Fault, Id, User};
use utoipa::ToSchema;

use super::{develop_media::DevelopMedia, must_be_open, take_upload::Upload};
use crate::{
    fault::Refusal,
    model::{
        key,
        media::{Came, Visibility},
        settings::Settings,
    },
    store::{media, persons},
};

/// What is sent as multipart/form-data (RFC 7578).
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "it only describes the form, which is read part by part")]
pub struct UploadForm {
    /// Who may fetch the files; `public` where nothing is said. It comes before them.
    visibility: Option<Visibility>,
    /// One or more files, each a part of its own with a file name. What they are is seen from their content.
    #[schema(value_type = Vec<String>, format = Binary)]
    file: Vec<u8>,
}

/// What became of one file.
pub type Kept = Result<Id<Media>, Refusal>;

/// All rows at once: of a request that broke off nothing is kept. The same bytes again are the upload they were before (F7),
/// so whoever didn't hear our answer may send them once more.
pub async fn upload_media(here: &Here, actor: &Actor, upload: Upload) -> Result<Vec<Kept>, Fault> {
    let (owner, settings) = (actor.user()?, here.settings::<Settings>()?);
    let kept = host::write!(here.db, async |tx| {
        must_be_open(tx, owner).await?;
        let mut kept = Vec::new();
        for file in &upload.files {
            kept.push(match file {
                Ok(came) => keep_in(tx, owner, upload.visibility, came, settings.quota()).await?,
                Err(refusal) => Err(*refusal),
            });
        }
        Ok(kept)
    });
    let unused = |came: &&Came| !kept.as_ref().is_ok_and(|kept| kept.contains(&Ok(came.id)));
    for came in upload.files.iter().flatten().filter(unused) {
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
