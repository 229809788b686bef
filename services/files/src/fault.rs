//! Every way files says no: to a request, or to one file of it.

use kernel::{Fault, Kind};

/// What is refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The bytes themselves.
    Content(pictures::Refusal),
    DocumentIsPrivate,
    TooManyFiles,
    QuotaExceeded,
    NoFile,
    BadForm,
    UnknownVisibility,
    NotReady,
    AccountLocked,
    /// We tried, and couldn't.
    NotWorkedOn,
}

impl From<pictures::Refusal> for Refusal {
    fn from(refusal: pictures::Refusal) -> Self {
        Self::Content(refusal)
    }
}

impl Refusal {
    /// Stable, for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Content(refusal) => content(refusal),
            Self::DocumentIsPrivate => "files.document_is_private",
            Self::TooManyFiles => "files.too_many_files",
            Self::QuotaExceeded => "files.quota_exceeded",
            Self::NoFile => "files.no_file",
            Self::BadForm => "files.bad_form",
            Self::UnknownVisibility => "files.unknown_visibility",
            Self::NotReady => "files.not_ready",
            Self::AccountLocked => "files.account_locked",
            Self::NotWorkedOn => "files.not_worked_on",
        }
    }

    /// One sentence for people.
    pub fn detail(self) -> String {
        let words = match self {
            Self::Content(refusal) => return refusal.to_string(),
            Self::DocumentIsPrivate => "A document is private: send it with visibility private.",
            Self::TooManyFiles => "One request takes at most 10 files.",
            Self::QuotaExceeded => "There is no room left for this file. Delete what you don't need.",
            Self::NoFile => "Send at least one part named file, with a file name.",
            Self::BadForm => "The body isn't a form of parts (multipart/form-data) that can be read to its end.",
            Self::UnknownVisibility => "Visibility is public or private, and comes before the files.",
            Self::NotReady => "It isn't ready yet.",
            Self::AccountLocked => "This account is locked and can't upload or delete.",
            Self::NotWorkedOn => "Something went wrong on our side. Upload it once more.",
        };
        words.to_owned()
    }

    fn kind(self) -> Kind {
        match self {
            Self::AccountLocked => Kind::Forbidden,
            Self::BadForm => Kind::Malformed,
            Self::NotReady => Kind::Conflict,
            _ => Kind::Invalid,
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::UnknownVisibility => Fault::field("/visibility", refusal.code(), refusal.detail()),
            Refusal::NoFile => Fault::field("/file", refusal.code(), refusal.detail()),
            _ => Fault::new(refusal.kind(), refusal.code(), refusal.detail()),
        }
    }
}

fn content(refusal: pictures::Refusal) -> &'static str {
    match refusal {
        pictures::Refusal::Empty => "files.empty",
        pictures::Refusal::TooLarge => "files.too_large",
        pictures::Refusal::UnknownFormat => "files.unknown_format",
        pictures::Refusal::Polyglot => "files.polyglot",
        pictures::Refusal::TooManyPixels => "files.too_many_pixels",
        pictures::Refusal::Damaged => "files.damaged",
        pictures::Refusal::TooSlow => "files.too_slow",
        pictures::Refusal::ActiveContent => "files.active_content",
        pictures::Refusal::NotAPicture => "files.not_a_picture",
    }
}
