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
use utoipa::ToSchema;

use crate::{
    fault::Refusal,
    model::media::{Came, Visibility},
    ops::receive_file::receive_file,
};

/// Of one file.
const FILE_BYTES: usize = 25_000_000;
const FILES: usize = 10;
/// Of the whole form.
pub const MOST_BYTES: usize = FILES * FILE_BYTES + (1 << 20);

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

/// Reads every part to its end; a file that is refused doesn't keep the others from being taken.
pub async fn read(here: &Here, mut form: Multipart) -> Result<(Visibility, Vec<Result<Came, Refusal>>), Fault> {
    let (mut visibility, mut files) = (Visibility::Public, Vec::new());
    while let Some(part) = form.next_field().await.map_err(|error| broken(&error))? {
        if part.file_name().is_some() {
            files.push(file(here, visibility, part, files.len()).await?);
        } else if part.name() == Some("visibility") && files.is_empty() {
            let said = part.text().await.map_err(|error| broken(&error))?;
            visibility = Visibility::named(said.trim()).ok_or(Refusal::UnknownVisibility)?;
        } else {
            return Err(Refusal::UnknownVisibility.into());
        }
    }
    if files.is_empty() { Err(Refusal::NoFile.into()) } else { Ok((visibility, files)) }
}

async fn file(here: &Here, visibility: Visibility, mut part: Field<'_>, before: usize) -> Result<Result<Came, Refusal>, Fault> {
    let mut bytes = Vec::new();
    let mut refused = (before >= FILES).then_some(Refusal::TooManyFiles);
    while let Some(more) = part.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + more.len() > FILE_BYTES {
            refused = refused.or(Some(Refusal::Content(pictures::Refusal::TooLarge)));
        }
        if refused.is_none() {
            bytes.extend_from_slice(&more);
        }
    }
    match refused {
        Some(refusal) => Ok(Err(refusal)),
        None => receive_file(here, visibility, Bytes::from(bytes)).await,
    }
}

fn broken(error: &MultipartError) -> Fault {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Fault::new(Kind::TooLarge, "body_too_large", format!("The body may have at most {MOST_BYTES} bytes."));
    }
    Fault::from(Refusal::BadForm).because(error)
}
