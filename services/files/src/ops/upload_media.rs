//! Takes in the files of one request, and keeps them, each by itself.

use contracts::ids::Media;
use host::{Here, Tx, objects::Bytes};
use kernel::{Actor, Fault, Id, User};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::{develop_media::DevelopMedia, must_be_open};
use crate::{
    fault::Refusal,
    model::{
        key,
        media::{Came, MediaFormat, MediaKind, Visibility},
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

/// The files of one request, while they come.
#[derive(Debug)]
pub struct Upload {
    visibility: Visibility,
    files: Vec<Result<Came, Refusal>>,
}

impl Upload {
    /// For everybody, where nothing else is said.
    pub fn new() -> Self {
        Self { visibility: Visibility::Public, files: Vec::new() }
    }

    /// Says who may fetch what comes from here on.
    pub fn show_to(&mut self, visibility: &str) -> Result<(), Refusal> {
        self.visibility = Visibility::named(visibility.trim()).ok_or(Refusal::UnknownVisibility)?;
        Ok(())
    }

    pub fn refuse(&mut self, refusal: Refusal) {
        self.files.push(Err(refusal));
    }

    /// Looks at the content alone, never at what its sender calls it (F2), and puts the bytes where the work on them begins.
    pub async fn take(&mut self, here: &Here, bytes: Bytes) -> Result<(), Fault> {
        let taken = match looked_at(&bytes, self.visibility) {
            Ok(format) => {
                let size = i64::try_from(bytes.len()).map_err(Fault::internal)?;
                let came = Came { id: here.ids.next(), format, bytes: size, sha256: Sha256::digest(&bytes).to_vec() };
                here.objects.put(&key::incoming(came.id), bytes).await?;
                Ok(came)
            }
            Err(refusal) => Err(refusal),
        };
        self.files.push(taken);
        Ok(())
    }
}

fn looked_at(bytes: &[u8], visibility: Visibility) -> Result<MediaFormat, Refusal> {
    let format = MediaFormat::from(pictures::sniff(bytes)?);
    match (format.kind(), visibility) {
        (MediaKind::Document, Visibility::Public) => Err(Refusal::DocumentIsPrivate),
        _ => Ok(format),
    }
}

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
