//! Usernames: what they look like, and what to offer when one is taken.

use kernel::Slug;

use crate::fault::Refusal;

/// Words that would pass for the platform itself or for a part of an address, or mean nobody.
const RESERVED: &[&str] = &[
    "about",
    "account",
    "admin",
    "administrator",
    "anonymous",
    "api",
    "auth",
    "bank",
    "billing",
    "compliance",
    "deleted",
    "dev",
    "docs",
    "erased",
    "escrow",
    "everyone",
    "feed",
    "followers",
    "following",
    "help",
    "info",
    "legal",
    "login",
    "logout",
    "mail",
    "me",
    "moderation",
    "moderator",
    "moderators",
    "nexgate",
    "nexgate_support",
    "nexgate_team",
    "notifications",
    "null",
    "official",
    "payment",
    "payments",
    "privacy",
    "profile",
    "refund",
    "refunds",
    "relationships",
    "root",
    "security",
    "settings",
    "shop",
    "signup",
    "staff",
    "suggestions",
    "support",
    "system",
    "team",
    "terms",
    "undefined",
    "username",
    "verified",
    "verify",
    "wallet",
    "webmaster",
];

/// A username that may be used, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username(String);

impl Username {
    /// Takes what somebody typed; case doesn't matter.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let slug = Slug::parse(text, &[]).ok_or(Refusal::UsernameInvalid)?;
        let skeleton = skeleton(slug.as_str());
        let is_reserved = RESERVED.iter().any(|word| skeleton == self::skeleton(word));
        if is_reserved { Err(Refusal::UsernameInvalid) } else { Ok(Self(slug.as_str().to_owned())) }
    }

    /// What names that can be mistaken for each other have in common.
    pub fn skeleton(&self) -> String {
        skeleton(&self.0)
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

    /// This name, then others like it, the last of them ending in these numbers.
    pub fn candidates(&self, numbers: &[String]) -> Vec<Self> {
        let stem: String = self.0.chars().take(Slug::LONGEST - 6).collect();
        let tails = (2..=6).map(|tail| tail.to_string()).chain(numbers.iter().cloned());
        let others = tails.filter_map(|tail| Self::parse(&format!("{stem}{tail}")).ok());
        std::iter::once(self.clone()).chain(others).collect()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The skeleton of UTS 39 without regard to case, of the letters, digits and underscores a username has: of those its table of
/// confusables knows these three.
fn skeleton(name: &str) -> String {
    name.replace('0', "o").replace('1', "l").replace('m', "rn")
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
        for text in ["admin", "ME", "$amina", "usr_00000000000000000000000007", "supp0rt", "adrnin", "he1p", "tearn"] {
            assert_eq!(Username::parse(text), Err(Refusal::UsernameInvalid), "{text:?}");
        }
    }

    #[test]
    fn p1_names_that_look_alike_have_one_skeleton() {
        let skeleton = |text| Username::parse(text).unwrap().skeleton();
        for (one, other) in [("amina", "Arnina"), ("bob_10", "b0b_lo"), ("paul", "pau1")] {
            assert_eq!(skeleton(one), skeleton(other));
        }
        for (one, other) in [("amina", "anina"), ("bob_1", "bob_2"), ("juma_1", "juma1")] {
            assert_ne!(skeleton(one), skeleton(other));
        }
    }

    /// What UTS 39 makes of a name, by its whole table.
    fn by_the_table(name: &str) -> String {
        unicode_security::confusable_detection::skeleton(name).collect::<String>().to_lowercase()
    }

    proptest! {
        #[test]
        fn p1_two_names_are_alike_here_where_they_are_by_the_table_of_confusables(
            pair in ("[a-z][a-z0-9_]{2,9}", "[01lomrn_]{0,6}", "[01lomrn_]{0,6}"),
        ) {
            let (stem, one, other) = pair;
            let (one, other) = (format!("{stem}{one}"), format!("{stem}{other}"));
            prop_assert_eq!(skeleton(&one) == skeleton(&other), by_the_table(&one) == by_the_table(&other));
            prop_assert_eq!(skeleton(&one), by_the_table(&one));
        }

        #[test]
        fn any_display_name_leads_to_a_valid_username(text in "\\PC{0,60}") {
            let nearest = Username::nearest(&text);
            for candidate in nearest.candidates(&["482913".to_owned()]) {
                prop_assert_eq!(Username::parse(candidate.as_str()), Ok(candidate));
            }
        }
    }
}
