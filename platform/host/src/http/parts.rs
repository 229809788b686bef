//! Forms with files (RFC 7578): parts, one after the other, of which one at a time is in memory.

use axum::{
    body::Bytes,
    extract::{
        Multipart,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};

/// What one form may bring.
#[derive(Debug, Clone, Copy)]
pub struct PartLimits {
    pub files: usize,
    /// Of one file.
    pub file_bytes: usize,
    /// Of a part that is no file: longer ones mean nothing, and would be held in memory.
    pub word_bytes: usize,
}

/// A form while it is read.
#[derive(Debug)]
pub struct FormParts {
    form: Multipart,
    limits: PartLimits,
    /// How many files came so far, those that were refused among them.
    files: usize,
}

/// What a part brings.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    Word {
        name: String,
        text: String,
    },
    /// A file that is refused doesn't keep the others from being taken.
    File(Result<Bytes, Unfit>),
}

/// Why a file isn't taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    TooLarge,
    /// There were as many before it as one form may bring.
    TooMany,
}

/// Why a form isn't read any further.
#[derive(Debug, PartialEq, Eq)]
pub enum Broken {
    /// It has more bytes than the route takes.
    TooLarge,
    /// It has twice as many files as one form may bring, and perhaps no end.
    TooMany,
    /// A word of this name is longer than any that means something.
    LongWord(String),
    /// It isn't a form, or broke off.
    Unreadable(String),
}

impl FormParts {
    pub fn new(form: Multipart, limits: PartLimits) -> Self {
        Self { form, limits, files: 0 }
    }

    /// The next part, read to its end; `None` after the last one. A file chooser nobody used sends a file without a name: no part.
    pub async fn next(&mut self) -> Result<Option<Part>, Broken> {
        let (limits, mut files) = (self.limits, self.files);
        while let Some(part) = self.form.next_field().await.map_err(broken)? {
            let Some(file) = part.file_name() else { return word(part, limits.word_bytes).await.map(Some) };
            if file.is_empty() {
                continue;
            }
            files += 1;
            self.files = files;
            if files > 2 * limits.files {
                return Err(Broken::TooMany);
            }
            // What nobody reads the next part passes by.
            let bytes = if files > limits.files { Err(Unfit::TooMany) } else { file_of(part, limits.file_bytes).await? };
            return Ok(Some(Part::File(bytes)));
        }
        Ok(None)
    }
}

async fn word(part: Field<'_>, most: usize) -> Result<Part, Broken> {
    let name = part.name().unwrap_or_default().to_owned();
    match read(part, most).await? {
        Some(bytes) => Ok(Part::Word { name, text: String::from_utf8_lossy(&bytes).into_owned() }),
        None => Err(Broken::LongWord(name)),
    }
}

async fn file_of(part: Field<'_>, most: usize) -> Result<Result<Bytes, Unfit>, Broken> {
    Ok(read(part, most).await?.ok_or(Unfit::TooLarge))
}

/// The bytes of a part to its end, unless there are more than `most` of them.
async fn read(mut part: Field<'_>, most: usize) -> Result<Option<Bytes>, Broken> {
    let mut bytes = Some(Vec::new());
    while let Some(more) = part.chunk().await.map_err(broken)? {
        bytes = bytes.filter(|bytes| bytes.len() + more.len() <= most);
        if let Some(bytes) = &mut bytes {
            bytes.extend_from_slice(&more);
        }
    }
    Ok(bytes.map(Bytes::from))
}

fn broken(error: MultipartError) -> Broken {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Broken::TooLarge } else { Broken::Unreadable(error.to_string()) }
}
