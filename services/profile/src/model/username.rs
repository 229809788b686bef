//! Usernames: what they look like, and what to offer when one is taken.

use kernel::Slug;

use crate::fault::Refusal;

/// Words that would pass for the platform itself or for a part of an address.
const RESERVED: &[&str] = &[
    "admin",
    "administrator",
    "api",
    "auth",
    "compliance",
    "dev",
    "docs",
    "help",
    "me",
    "moderator",
    "nexgate",
    "official",
    "payment",
    "payments",
    "relationships",
    "root",
    "security",
    "staff",
    "suggestions",
    "support",
    "system",
    "team",
    "wallet",
];

/// A username that may be used, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username(String);

impl Username {
    /// Takes what somebody typed; case doesn't matter.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let slug = Slug::parse(text, RESERVED).ok_or(Refusal::UsernameInvalid)?;
        Ok(Self(slug.as_str().to_owned()))
    }

    /// The nearest username to any text, for example a display name.
    pub fn nearest(text: &str) -> Self {
        let text = text.to_lowercase();
        let letters = text.chars().filter_map(plain).skip_while(|c| !c.is_ascii_lowercase());
        let stem: String = letters.take(Slug::LONGEST - 6).collect();
        let stem = stem.trim_end_matches('_');
        [stem.to_owned(), format!("{stem}_user"), "user".to_owned()]
            .iter()
            .find_map(|name| Self::parse(name).ok())
            .unwrap_or_else(|| Self("somebody".into()))
    }

    /// This name, then others like it, ending in a secret number that is as good as free.
    pub fn candidates(&self, number: &str) -> Vec<Self> {
        let stem: String = self.0.chars().take(Slug::LONGEST - 6).collect();
        let tails = (2..=6).map(|tail| tail.to_string()).chain([number.to_owned()]);
        let others = tails.filter_map(|tail| Self::parse(&format!("{stem}{tail}")).ok());
        std::iter::once(self.clone()).chain(others).collect()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn plain(c: char) -> Option<char> {
    match c {
        'a'..='z' | '0'..='9' => Some(c),
        ' ' | '-' | '.' | '_' => Some('_'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn p1_a_username_is_a_slug_and_no_reserved_word() {
        assert_eq!(Username::parse(" Amina_B ").unwrap().as_str(), "amina_b");
        for text in ["admin", "ME", "$amina", "usr_00000000000000000000000007"] {
            assert_eq!(Username::parse(text), Err(Refusal::UsernameInvalid), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_display_name_leads_to_a_valid_username(text in "\\PC{0,60}") {
            let nearest = Username::nearest(&text);
            for candidate in nearest.candidates("482913") {
                prop_assert_eq!(Username::parse(candidate.as_str()), Ok(candidate));
            }
        }
    }
}
