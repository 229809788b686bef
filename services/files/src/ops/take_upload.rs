//! Takes in the files of one form as they come, and puts the bytes where the work on them begins.

use host::{
    Here,
    http::{Broken, PartLimits, Unfit},
    objects::Bytes,
};
use kernel::{Fault, Kind};
use sha2::{Digest, Sha256};

use crate::{
    fault::Refusal,
    model::{
        key,
        media::{Came, MediaFormat, MediaKind, Visibility},
    },
};

/// What one form may bring.
pub const LIMITS: PartLimits = PartLimits { files: 10, file_bytes: 25_000_000, word_bytes: 64 };
/// Of the whole form.
pub const MOST_BYTES: usize = LIMITS.files * LIMITS.file_bytes + (1 << 20);

/// The files of one request, while they come.
#[derive(Debug)]
pub struct Upload {
    pub(super) visibility: Visibility,
    pub(super) files: Vec<Result<Came, Refusal>>,
}

impl Upload {
    /// For everybody, where nothing else is said.
    pub fn new() -> Self {
        Self { visibility: Visibility::Public, files: Vec::new() }
    }

    /// Says who may fetch what comes from here on; nothing may have come yet.
    pub fn show_to(&mut self, visibility: &str) -> Result<(), Refusal> {
        let named = Visibility::named(visibility.trim()).filter(|_| self.files.is_empty());
        self.visibility = named.ok_or(Refusal::UnknownVisibility)?;
        Ok(())
    }

    /// Takes the next file. One that is refused doesn't keep the others from being taken.
    pub async fn take(&mut self, here: &Here, file: Result<Bytes, Unfit>) -> Result<(), Fault> {
        let taken = match file {
            Ok(bytes) => keep(here, bytes, self.visibility).await?,
            Err(Unfit::TooMany) => Err(Refusal::TooManyFiles),
            Err(Unfit::TooLarge) => Err(Refusal::Content(pictures::Refusal::TooLarge)),
        };
        self.files.push(taken);
        Ok(())
    }

    /// All that came, of which at least one part was a file.
    pub fn whole(self) -> Result<Self, Refusal> {
        if self.files.is_empty() { Err(Refusal::NoFile) } else { Ok(self) }
    }
}

/// Why a form isn't read any further.
pub fn unread(broken: Broken) -> Fault {
    match broken {
        Broken::TooLarge => {
            Fault::new(Kind::TooLarge, "body_too_large", format!("The body may have at most {MOST_BYTES} bytes."))
        }
        Broken::TooMany => Refusal::TooManyFiles.into(),
        Broken::LongWord(name) if name == "visibility" => Refusal::UnknownVisibility.into(),
        Broken::LongWord(name) => Fault::from(Refusal::BadForm).because(name),
        Broken::Unreadable(cause) => Fault::from(Refusal::BadForm).because(cause),
    }
}

async fn keep(here: &Here, bytes: Bytes, visibility: Visibility) -> Result<Result<Came, Refusal>, Fault> {
    let format = match looked_at(&bytes, visibility) {
        Ok(format) => format,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let size = i64::try_from(bytes.len()).map_err(Fault::internal)?;
    let came = Came { id: here.ids.next(), format, bytes: size, sha256: Sha256::digest(&bytes).to_vec() };
    here.objects.put(&key::incoming(came.id), bytes).await?;
    Ok(Ok(came))
}

/// Looks at the content alone, never at what its sender calls it (F2).
fn looked_at(bytes: &[u8], visibility: Visibility) -> Result<MediaFormat, Refusal> {
    let format = MediaFormat::from(pictures::sniff(bytes)?);
    match (format.kind(), visibility) {
        (MediaKind::Document, Visibility::Public) => Err(Refusal::DocumentIsPrivate),
        _ => Ok(format),
    }
}
