//! The form files come in: parts, one after the other, of which one at a time is in memory.

use axum::{
    body::Bytes,
    extract::{
        Multipart,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};
use kernel::{Fault, Kind};

use crate::fault::Refusal;

/// What one form may bring.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub files: usize,
    /// Of one file.
    pub file_bytes: usize,
    /// Of a part that is no file: longer ones mean nothing, and would be held in memory.
    pub word_bytes: usize,
}

pub const LIMITS: Limits = Limits { files: 10, file_bytes: 25_000_000, word_bytes: 64 };
/// Of the whole form.
pub const MOST_BYTES: usize = LIMITS.files * LIMITS.file_bytes + (1 << 20);

/// A form while it is read.
#[derive(Debug)]
pub struct Form {
    parts: Multipart,
    limits: Limits,
    /// How many files came so far, those that were refused among them.
    files: usize,
}

/// What a part brings.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// Who may fetch the files that come after it.
    Visibility(String),
    /// A file that is refused doesn't keep the others from being taken.
    File(Result<Bytes, Refusal>),
}

impl Form {
    pub fn new(parts: Multipart, limits: Limits) -> Self {
        Self { parts, limits, files: 0 }
    }

    /// The next part, read to its end; `None` after the last one, of which at least one was a file.
    pub async fn next(&mut self) -> Result<Option<Part>, Fault> {
        let Some(part) = self.parts.next_field().await.map_err(broken)? else {
            return if self.files == 0 { Err(Refusal::NoFile.into()) } else { Ok(None) };
        };
        if part.file_name().is_some() {
            self.files += 1;
            if self.files > 2 * self.limits.files {
                return Err(Refusal::TooManyFiles.into());
            }
            if self.files > self.limits.files {
                // What nobody reads the next part passes by.
                return Ok(Some(Part::File(Err(Refusal::TooManyFiles))));
            }
            let bytes = read(part, self.limits.file_bytes).await?;
            return Ok(Some(Part::File(bytes.ok_or(Refusal::Content(pictures::Refusal::TooLarge)))));
        }
        if part.name() != Some("visibility") {
            return Err(Refusal::NoFile.into());
        }
        if self.files > 0 {
            return Err(Refusal::UnknownVisibility.into());
        }
        let word = read(part, self.limits.word_bytes).await?.ok_or(Refusal::UnknownVisibility)?;
        Ok(Some(Part::Visibility(String::from_utf8_lossy(&word).into_owned())))
    }
}

/// The bytes of a part to its end, unless there are more than `most` of them.
async fn read(mut part: Field<'_>, most: usize) -> Result<Option<Bytes>, Fault> {
    let mut bytes = Some(Vec::new());
    while let Some(more) = part.chunk().await.map_err(broken)? {
        bytes = bytes.filter(|bytes| bytes.len() + more.len() <= most);
        if let Some(bytes) = &mut bytes {
            bytes.extend_from_slice(&more);
        }
    }
    Ok(bytes.map(Bytes::from))
}

fn broken(error: MultipartError) -> Fault {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Fault::new(Kind::TooLarge, "body_too_large", format!("The body may have at most {MOST_BYTES} bytes."));
    }
    Fault::from(Refusal::BadForm).because(error)
}
