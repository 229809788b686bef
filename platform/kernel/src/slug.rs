//! `Slug`: what a person or a shop is called in an address.

use std::fmt;

const SHORTEST: usize = 3;
const LONGEST: usize = 30;

/// 3 to 30 lower-case letters, digits and underscores that start with a letter and can't be taken for an id.
///
/// Two slugs that differ only in case are one slug. Which words are reserved is for the one who gives slugs out to say.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slug(String);

impl Slug {
    pub const LONGEST: usize = LONGEST;

    /// Takes what somebody typed; case and space around it don't matter. `None` where it isn't a slug, or is a `reserved` word.
    pub fn parse(text: &str, reserved: &[&str]) -> Option<Self> {
        let name = text.trim().to_lowercase();
        let letters = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        let starts = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
        let sized = (SHORTEST..=LONGEST).contains(&name.len());
        let is_slug = letters && starts && sized && !looks_like_an_id(&name) && !reserved.contains(&name.as_str());
        is_slug.then_some(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A short prefix and 26 digits: such a name would be taken for an id in a route.
fn looks_like_an_id(name: &str) -> bool {
    name.split_once('_').is_some_and(|(prefix, digits)| (2..=4).contains(&prefix.len()) && digits.len() == 26)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_slug_is_taken_without_regard_to_case_and_odd_ones_are_refused() {
        for text in ["amina_b", " Amina_B ", "AMINA_B"] {
            assert_eq!(Slug::parse(text, &["admin"]).unwrap().as_str(), "amina_b");
        }
        let long = "a".repeat(31);
        for text in ["", "ab", "1abc", "_abc", "a b", "amína", "admin", "ADMIN", &long, "usr_00000000000000000000000007"] {
            assert_eq!(Slug::parse(text, &["admin"]), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_slug_is_read_as_itself(text in "\\PC{0,40}|[a-zA-Z0-9_]{0,40}") {
            if let Some(slug) = Slug::parse(&text, &[]) {
                prop_assert_eq!(Slug::parse(slug.as_str(), &[]), Some(slug.clone()));
                prop_assert!((3..=30).contains(&slug.as_str().len()));
            }
        }
    }
}
