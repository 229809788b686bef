//! The form files come in: parts, one after the other, of which one at a time is in memory.

use axum::{
    body::Bytes,
    extract::{
        Multipart,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};
use host::Here;
use kernel::{Fault, Kind};

use crate::{fault::Refusal, ops::upload_media::Upload};

/// Of one file.
const FILE_BYTES: usize = 25_000_000;
const FILES: usize = 10;
/// Of the whole form.
pub const MOST_BYTES: usize = FILES * FILE_BYTES + (1 << 20);

/// Reads every part to its end; a file that is refused doesn't keep the others from being taken.
pub async fn read(here: &Here, mut form: Multipart) -> Result<Upload, Fault> {
    let mut upload = Upload::new();
    while let Some(part) = form.next_field().await.map_err(|error| broken(&error))? {
        if part.file_name().is_some() {
            match file(part, upload.count()).await? {
                Ok(bytes) => upload.take(here, bytes).await?,
                Err(refusal) => upload.refuse(refusal),
            }
        } else if part.name() != Some("visibility") {
            return Err(Refusal::NoFile.into());
        } else if upload.count() > 0 {
            return Err(Refusal::UnknownVisibility.into());
        } else {
            upload.show_to(&part.text().await.map_err(|error| broken(&error))?)?;
        }
    }
    if upload.count() == 0 { Err(Refusal::NoFile.into()) } else { Ok(upload) }
}

/// The bytes of a part, unless there are too many of them, or too many files before it.
async fn file(mut part: Field<'_>, before: usize) -> Result<Result<Bytes, Refusal>, Fault> {
    let (mut bytes, mut refused) = (Vec::new(), (before >= FILES).then_some(Refusal::TooManyFiles));
    while let Some(more) = part.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + more.len() > FILE_BYTES {
            refused = refused.or(Some(Refusal::Content(pictures::Refusal::TooLarge)));
        }
        if refused.is_none() {
            bytes.extend_from_slice(&more);
        }
    }
    Ok(refused.map_or_else(|| Ok(Bytes::from(bytes)), Err))
}

fn broken(error: &MultipartError) -> Fault {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Fault::new(Kind::TooLarge, "body_too_large", format!("The body may have at most {MOST_BYTES} bytes."));
    }
    Fault::from(Refusal::BadForm).because(error)
}
