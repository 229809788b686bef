//! Contacts: e-mail addresses and phone numbers, in the one form they are kept and compared in.

use std::fmt;

use contracts::auth::Channel;

use crate::fault::Refusal;

/// Numbers without a country code are Tanzanian mobile numbers.
const HOME: &str = "+255";
/// The field that takes either.
const EITHER: &str = "/identifier";

/// Where somebody is reached. Debug shows the kind only (X14).
#[derive(Clone, PartialEq, Eq)]
pub enum Contact {
    /// Lower case.
    Email(String),
    /// E.164: `+` and 8 to 15 digits.
    Phone(String),
}

impl Contact {
    /// Takes an e-mail address or a phone number, as somebody typed it.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        if text.contains('@') { Self::email(text, EITHER) } else { Self::phone(text, EITHER) }
    }

    /// `at` points at the field it was given in.
    pub fn email(text: &str, at: &'static str) -> Result<Self, Refusal> {
        let address = text.trim().to_ascii_lowercase();
        let (local, domain) = address.split_once('@').ok_or(Refusal::ContactInvalid { at })?;
        if is_local(local) && is_domain(domain) { Ok(Self::Email(address)) } else { Err(Refusal::ContactInvalid { at }) }
    }

    /// `at` points at the field it was given in.
    pub fn phone(text: &str, at: &'static str) -> Result<Self, Refusal> {
        let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')')).collect();
        let number = match plain.strip_prefix('0') {
            Some(rest) if rest.len() == 9 && rest.starts_with(['6', '7']) => format!("{HOME}{rest}"),
            _ => plain,
        };
        let digits = number.strip_prefix('+').ok_or(Refusal::ContactInvalid { at })?;
        let is_e164 = (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_e164 && !digits.starts_with('0') { Ok(Self::Phone(number)) } else { Err(Refusal::ContactInvalid { at }) }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(text) | Self::Phone(text) => text,
        }
    }

    pub fn channel(&self) -> Channel {
        match self {
            Self::Email(_) => Channel::Email,
            Self::Phone(_) => Channel::Sms,
        }
    }

    pub fn into_email(self) -> Option<String> {
        if let Self::Email(text) = self { Some(text) } else { None }
    }

    pub fn into_phone(self) -> Option<String> {
        if let Self::Phone(text) = self { Some(text) } else { None }
    }
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Email(_) => "Email(…)",
            Self::Phone(_) => "Phone(…)",
        })
    }
}

/// A dot-atom of RFC 5321, section 4.1.2; quoted names are taken by hardly any provider.
fn is_local(local: &str) -> bool {
    let is_atom =
        |atom: &str| !atom.is_empty() && atom.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b));
    local.len() <= 64 && local.split('.').all(is_atom)
}

/// At least two labels of letters, digits and inner hyphens (RFC 1035, section 2.3.1), the last not a number.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top_is_a_word = domain.rsplit('.').next().is_some_and(|top| top.bytes().any(|byte| byte.is_ascii_alphabetic()));
    domain.len() <= 253 && domain.contains('.') && top_is_a_word && domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a1_contacts_are_kept_in_one_form() {
        for (typed, kept) in [
            (" Amina@Example.COM ", "amina@example.com"),
            ("a.b+shop@mail.co.tz", "a.b+shop@mail.co.tz"),
            ("0712 000 001", "+255712000001"),
            ("0612-000-001", "+255612000001"),
            ("+255 (712) 000.001", "+255712000001"),
            ("+14155550123", "+14155550123"),
        ] {
            assert_eq!(Contact::parse(typed).map(|contact| contact.as_str().to_owned()), Ok(kept.to_owned()), "{typed}");
        }
    }

    #[test]
    fn a1_what_is_neither_address_nor_number_is_refused() {
        let long = format!("{}@example.com", "a".repeat(65));
        for text in [
            "",
            "amina",
            "@",
            "a@b",
            "a@b.",
            "a@.com",
            "a@b..com",
            "a..b@example.com",
            ".a@example.com",
            "a b@example.com",
            "a@b@c.com",
            "a@-b.com",
            "a@1.2",
            "a@exämple.com",
            "0212000001",
            "255712000001",
            "+0712000001",
            "+1234567",
            "+1234567890123456",
            "+25571200000a",
            &long,
        ] {
            assert_eq!(Contact::parse(text), Err(Refusal::ContactInvalid { at: "/identifier" }), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_as_itself(text in "\\PC{0,30}|[a-z.]{1,8}@[a-z]{1,8}\\.[a-z]{2,3}|[+0]?[0-9 ]{7,16}") {
            if let Ok(contact) = Contact::parse(&text) {
                prop_assert_eq!(Contact::parse(contact.as_str()), Ok(contact.clone()));
                prop_assert!(!format!("{contact:?}").contains(contact.as_str()), "x14");
            }
        }
    }
}
