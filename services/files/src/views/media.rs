//! Uploads as their owner sees them.

use contracts::{
    files::{PictureVariant, PictureView},
    ids::Media,
};
use host::Here;
use kernel::{Fault, Id, Page, PageQuery, Timestamp, User};
use serde::Serialize;
use utoipa::ToSchema;

use super::signed;
use crate::{
    fault::Refusal,
    model::{
        key,
        media::{Developed, MediaFormat, MediaKind, MediaState, Visibility},
    },
};

/// An upload.
#[derive(Debug, Serialize, ToSchema)]
pub struct MediaView {
    pub id: Id<Media>,
    pub status: MediaState,
    pub kind: MediaKind,
    /// What the bytes were, whatever they were called.
    pub format: MediaFormat,
    pub visibility: Visibility,
    /// Bytes as they came.
    #[schema(example = 2_400_000)]
    pub bytes: i64,
    pub uploaded_at: Timestamp,
    /// Why it was rejected or failed: a code of files; null otherwise.
    #[schema(required, example = json!(null))]
    pub reason: Option<String>,
    /// Pixels of the original, upright; null until the picture is ready, and for documents, as the next three are.
    #[schema(required, example = 3024)]
    pub width: Option<u32>,
    #[schema(required, example = 4032)]
    pub height: Option<u32>,
    /// What to show until the picture is there (blurha.sh).
    #[schema(required, example = "LEHV6nWB2yk8pyo0adR*.7kCMdnj")]
    pub blurhash: Option<String>,
    /// The dominant colour.
    #[schema(required, example = "#a0522d")]
    pub colour: Option<String>,
    /// From small to large, each size as WebP and as JPEG; empty until the picture is ready, and for documents.
    pub variants: Vec<PictureVariant>,
    /// Where a document is fetched; null until it is ready, and for pictures.
    #[schema(required, example = json!(null))]
    pub url: Option<String>,
    /// When the addresses here end, for private media; null where they don't.
    #[schema(required, example = json!(null))]
    pub expires_at: Option<Timestamp>,
}

struct Row {
    id: Id<Media>,
    state: MediaState,
    format: MediaFormat,
    visibility: Visibility,
    bytes: i64,
    sha256: Vec<u8>,
    reason: Option<String>,
    picture: Option<Developed>,
    uploaded_at: Timestamp,
}

/// An upload of the viewer's; 404 where it is somebody else's or deleted.
pub async fn by_id(here: &Here, viewer: Id<User>, id: Id<Media>) -> Result<MediaView, Fault> {
    let found = sqlx::query_as!(
        Row,
        "select id, state, format, visibility, bytes, sha256, reason, picture, uploaded_at
           from files.media
          where id = $1
            and owner = $2
            and state <> 'deleted'",
        id.uuid(),
        viewer.uuid(),
    )
    .fetch_optional(here.db.reader())
    .await?;
    found.map(|row| view(here, row)).ok_or_else(Fault::not_found)
}

/// The same once it is ready, 409 before that.
pub async fn ready(here: &Here, viewer: Id<User>, id: Id<Media>) -> Result<MediaView, Fault> {
    let media = by_id(here, viewer, id).await?;
    if media.status == MediaState::Ready { Ok(media) } else { Err(Refusal::NotReady.into()) }
}

/// The viewer's uploads, newest first.
pub async fn of_owner(here: &Here, viewer: Id<User>, query: &PageQuery) -> Result<Page<MediaView>, Fault> {
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("files.media.{viewer}"));
    let after = query.after::<Id<Media>>(&key, &name)?;
    let rows = sqlx::query_as!(
        Row,
        "select id, state, format, visibility, bytes, sha256, reason, picture, uploaded_at
           from files.media
          where owner = $1
            and state <> 'deleted'
            and id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
          order by id desc
          limit $3",
        viewer.uuid(),
        after.map(Id::uuid),
        i64::from(limit) + 1,
    )
    .fetch_all(here.db.reader())
    .await?;
    Ok(Page::cut(rows, limit, &key, &name, |row| row.id)?.map(|row| view(here, row)))
}

fn view(here: &Here, row: Row) -> MediaView {
    let until = (row.visibility == Visibility::Private && row.state == MediaState::Ready)
        .then(|| here.clock.now().plus(signed::GOOD_FOR));
    let address = |key: &str| match until {
        Some(until) => signed::url(here, key, until),
        None => format!("{}/{key}", here.config.media_url),
    };
    let kind = row.format.kind();
    let is_document = kind == MediaKind::Document && row.state == MediaState::Ready;
    let url = is_document.then(|| address(&key::document(row.id, &key::hash(&row.sha256))));
    let picture: Option<PictureView> = row.picture.map(|picture| picture.0.shown_by(|variant| address(&variant.key)));
    let (width, height) = picture.as_ref().map(|picture| (picture.width, picture.height)).unzip();
    let (blurhash, colour) = picture.as_ref().map(|picture| (picture.blurhash.clone(), picture.colour.clone())).unzip();
    MediaView {
        id: row.id,
        status: row.state,
        kind,
        format: row.format,
        visibility: row.visibility,
        bytes: row.bytes,
        uploaded_at: row.uploaded_at,
        reason: row.reason,
        width,
        height,
        blurhash,
        colour,
        variants: picture.map(|picture| picture.variants).unwrap_or_default(),
        url,
        expires_at: until,
    }
}
