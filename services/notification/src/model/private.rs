//! What must never reach a log (X14).

use std::fmt;

/// A contact, a code, a name or the words of a message: Debug shows nothing of it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Private<T>(pub T);

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(private)")
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        data::Data,
        person::Contact,
        words::{Outward, Words},
    };
    use super::*;

    #[test]
    fn x14_debug_shows_no_contact_no_code_no_name_and_no_words() {
        let text = || "canary".to_owned();
        let contact = Contact { email: Some(Private(text())), phone: Some(Private(text())) };
        let data = Data { code: Some(text()), title: Some(text()), ..Data::default() };
        let words = Words { title: text(), body: text() };
        let outward = Outward { subject: Some(text()), body: text(), html: text() };
        assert!(!format!("{contact:?} {data:?} {words:?} {outward:?}").contains("canary"));
    }
}
