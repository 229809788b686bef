//! Somebody who can be told things, as the copies here know them.

use kernel::{Id, Locale, Standing, Timestamp, User};

use super::{notice::Notice, private::Private};
use crate::fault::Refusal;

/// Whom somebody blocks, or whose doings they don't want to hear of.
#[derive(Debug)]
pub struct Silence {
    pub subject: Id<User>,
    pub object: Id<User>,
    pub version: i64,
    pub blocks: bool,
    pub mutes: bool,
    /// For good where there is no end.
    pub mutes_until: Option<Timestamp>,
}

/// How somebody is reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    pub email: Option<Private<String>>,
    /// E.164.
    pub phone: Option<Private<String>>,
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
