//! Somebody who can be told things, as the copies here know them.

use contracts::auth::Locale;
use kernel::{Id, User};

use super::{notice::Notice, private::Private};
use crate::fault::Refusal;

/// How somebody is reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    pub email: Option<Private<String>>,
    /// E.164.
    pub phone: Option<Private<String>>,
}

/// What the account's own facts say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Open,
    Locked,
    Erased,
}

impl Standing {
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Locked => "locked",
            Self::Erased => "erased",
        }
    }

    pub fn named(name: &str) -> Self {
        match name {
            "open" => Self::Open,
            "locked" => Self::Locked,
            _ => Self::Erased,
        }
    }
}

/// The language of this code; English for any other.
pub fn locale(code: &str) -> Locale {
    if code == Locale::Sw.code() { Locale::Sw } else { Locale::En }
}

/// A person with what is known of them so far.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: Id<User>,
    /// `None` until auth has told them.
    pub contact: Option<Contact>,
    pub locale: Locale,
    /// Whether profile has told their name.
    pub named: bool,
    pub standing: Standing,
}

/// Who is to be told `notice`, or `None` where somebody it needs is gone for good.
pub fn reader_of<'a>(notice: &Notice, people: &'a [Person]) -> Result<Option<(&'a Person, &'a Contact)>, Refusal> {
    let find = |id| people.iter().find(|person| person.id == id).ok_or(Refusal::NotKnownYet);
    let reader = find(notice.to)?;
    // A notice that speaks of nobody else may greet its reader.
    let about = notice.about.map_or(Ok(reader), find)?;
    if reader.standing == Standing::Erased || about.standing == Standing::Erased {
        return Ok(None);
    }
    let contact = reader.contact.as_ref().ok_or(Refusal::NotKnownYet)?;
    if notice.kind.speaks_a_name() && !about.named {
        return Err(Refusal::NotKnownYet);
    }
    Ok(Some((reader, contact)))
}
