//! Uploads.

use axum::{
    Json,
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
};
use contracts::ids::Media;
use host::{
    Here,
    http::{Accepted, Answer, Caller, Path, Query},
};
use kernel::{Fault, Id, Page, PageQuery};
use serde::Serialize;
use utoipa::ToSchema;

use super::form;
use crate::{
    fault::Refusal,
    model::media::MediaState,
    ops::{delete_media, upload_media},
    views::{
        media::{self, MediaView},
        usage::{self, UsageView},
    },
};

/// What became of each file, in the order they came.
#[derive(Debug, Serialize, ToSchema)]
pub struct Uploaded {
    items: Vec<UploadedFile>,
}

/// What became of one file.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadedFile {
    /// Null where the file was rejected.
    #[schema(required)]
    id: Option<Id<Media>>,
    status: MediaState,
    /// Why it was rejected; null otherwise.
    #[schema(required)]
    error: Option<FileError>,
}

/// Why a file was rejected.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileError {
    /// Stable, one of the codes of files.
    #[schema(example = "files.polyglot")]
    code: &'static str,
    #[schema(example = "The file holds something else beside its picture or document.")]
    message: String,
}

/// Upload up to 10 files, each of at most 25 MB: JPEG, PNG, WebP and GIF, and PDF where they are private. Each is worked on by
/// itself; ask for it until it is ready. The same bytes sent again are the same upload.
#[utoipa::path(post, path = "/media", tag = "files", request_body(content = form::UploadForm, content_type = "multipart/form-data"),
    responses((status = 202, body = Uploaded)))]
pub async fn upload(
    State(here): State<Here>,
    Caller(actor): Caller,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<Accepted<Uploaded>> {
    actor.user()?;
    let form = form.map_err(|refused| Fault::from(Refusal::BadForm).because(refused))?;
    let (visibility, files) = form::read(&here, form).await?;
    let kept = upload_media::upload_media(&here, &actor, visibility, files).await?;
    let mut items = Vec::new();
    for one in kept {
        items.push(match one {
            Ok(id) => UploadedFile { id: Some(id), status: media::by_id(&here, actor.user()?, id).await?.status, error: None },
            Err(refusal) => UploadedFile::rejected(refusal),
        });
    }
    Ok(Accepted(Uploaded { items }))
}

impl UploadedFile {
    fn rejected(refusal: Refusal) -> Self {
        let error = FileError { code: refusal.code(), message: refusal.detail() };
        Self { id: None, status: MediaState::Rejected, error: Some(error) }
    }
}

/// My uploads, newest first.
#[utoipa::path(get, path = "/media", tag = "files", params(PageQuery), responses((status = 200, body = Page<MediaView>)))]
pub async fn list(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<MediaView>>> {
    Ok(Json(media::of_owner(&here, actor.user()?, &page).await?))
}

/// My upload.
#[utoipa::path(get, path = "/media/{id}", tag = "files", params(("id" = Id<Media>, Path)), responses((status = 200, body = MediaView)))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Media>>) -> Answer<Json<MediaView>> {
    Ok(Json(media::by_id(&here, actor.user()?, id).await?))
}

/// Fresh addresses of my upload; before it is ready 409 `files.not_ready`.
#[utoipa::path(post, path = "/media/{id}/url", tag = "files", params(("id" = Id<Media>, Path)), responses((status = 200, body = MediaView)))]
pub async fn url(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Media>>) -> Answer<Json<MediaView>> {
    let media = media::by_id(&here, actor.user()?, id).await?;
    if media.status == MediaState::Ready { Ok(Json(media)) } else { Err(Fault::from(Refusal::NotReady).into()) }
}

/// Delete my upload, with every variant.
#[utoipa::path(delete, path = "/media/{id}", tag = "files", params(("id" = Id<Media>, Path)), responses((status = 204)))]
pub async fn delete(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Media>>) -> Answer<StatusCode> {
    delete_media::delete_media(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How much I keep here.
#[utoipa::path(get, path = "/media/usage", tag = "files", responses((status = 200, body = UsageView)))]
pub async fn usage(State(here): State<Here>, Caller(actor): Caller) -> Answer<Json<UsageView>> {
    Ok(Json(usage::usage(&here, actor.user()?).await?))
}
