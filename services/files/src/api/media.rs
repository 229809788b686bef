//! Uploads.

use axum::{
    Json,
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
};
use contracts::ids::Media;
use host::{
    Here,
    http::{Accepted, Answer, Caller, FormParts, Part, Path, Query},
};
use kernel::{Fault, Id, Page, PageQuery};

use crate::{
    fault::Refusal,
    ops::{
        delete_media,
        take_upload::{LIMITS, Upload, unread},
        upload_media::{self, UploadForm},
    },
    views::{
        media::{self, MediaView},
        uploaded::{self, UploadedView},
        usage::{self, UsageView},
    },
};

/// Upload up to 10 files, each of at most 25 MB: JPEG, PNG, WebP and GIF, and PDF where they are private. Each is worked on by
/// itself; ask for it until it is ready. The same bytes sent again are the same upload. A form with more than 20 files is refused whole.
/// Refused with `files.account_locked`, `files.bad_form`, `files.no_file`, `files.too_many_files`, `files.unknown_visibility`.
#[utoipa::path(post, path = "/media", tag = "files", request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 202, body = UploadedView)))]
pub async fn upload(
    State(here): State<Here>,
    Caller(actor): Caller,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<Accepted<UploadedView>> {
    let owner = actor.user()?;
    let form = form.map_err(|refused| Fault::from(Refusal::BadForm).because(refused))?;
    let upload = take(&here, form).await?;
    let kept = upload_media::upload_media(&here, &actor, upload).await?;
    Ok(Accepted(uploaded::uploaded(&here, owner, &kept).await?))
}

/// Takes every part as it comes.
async fn take(here: &Here, form: Multipart) -> Result<Upload, Fault> {
    let (mut form, mut upload) = (FormParts::new(form, LIMITS), Upload::new());
    while let Some(part) = form.next().await.map_err(unread)? {
        match part {
            Part::File(file) => upload.take(here, file).await?,
            Part::Word { name, text } if name == "visibility" => upload.show_to(&text)?,
            Part::Word { .. } => return Err(Refusal::NoFile.into()),
        }
    }
    Ok(upload.whole()?)
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
    Ok(Json(media::ready(&here, actor.user()?, id).await?))
}

/// Delete my upload, with every variant.
/// Refused with `files.account_locked`.
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
