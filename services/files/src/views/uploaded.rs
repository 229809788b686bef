//! What became of the files of one request.

use contracts::ids::Media;
use host::Here;
use kernel::{Fault, Id, User};
use serde::Serialize;
use sqlx::types::Uuid;
use utoipa::ToSchema;

use crate::{fault::Refusal, model::media::MediaState};

/// In the order they came.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadedView {
    pub items: Vec<FileView>,
}

/// What became of one file.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileView {
    /// Null where the file was rejected.
    #[schema(required)]
    pub id: Option<Id<Media>>,
    pub status: MediaState,
    /// Why it was rejected; null otherwise.
    #[schema(required)]
    pub error: Option<FileError>,
}

/// Why a file was rejected.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileError {
    /// Stable, one of the codes of files.
    #[schema(example = "files.polyglot")]
    pub code: &'static str,
    #[schema(example = "The file holds something else beside its picture or document.")]
    pub message: String,
}

struct Row {
    id: Id<Media>,
    state: MediaState,
}

pub async fn uploaded(here: &Here, viewer: Id<User>, kept: &[Result<Id<Media>, Refusal>]) -> Result<UploadedView, Fault> {
    let ids: Vec<Uuid> = kept.iter().flatten().map(|id| id.uuid()).collect();
    let rows = sqlx::query_as!(Row, "select id, state from files.media where id = any($1) and owner = $2", &ids, viewer.uuid())
        .fetch_all(here.db.reader())
        .await?;
    let state = |id: Id<Media>| rows.iter().find(|row| row.id == id).map_or(MediaState::Processing, |row| row.state);
    let view = |one: &Result<Id<Media>, Refusal>| match one {
        Ok(id) => FileView { id: Some(*id), status: state(*id), error: None },
        Err(refusal) => {
            let error = FileError { code: refusal.code(), message: refusal.detail() };
            FileView { id: None, status: MediaState::Rejected, error: Some(error) }
        }
    };
    Ok(UploadedView { items: kept.iter().map(view).collect() })
}
