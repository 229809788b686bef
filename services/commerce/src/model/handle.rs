//! Handles: what a shop is called in an address.

use crate::fault::Refusal;

const SHORTEST: usize = 3;
const LONGEST: usize = 30;
/// Words that would pass for the platform itself or for a part of an address.
const RESERVED: &[&str] = &[
    "admin", "api", "auth", "cart", "checkout", "dev", "docs", "help", "market", "me", "nexgate", "official", "orders",
    "payments", "products", "root", "security", "shop", "shops", "staff", "support", "system", "team", "wallet",
];

/// A handle that may be used, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handle(String);

impl Handle {
    /// Takes what somebody typed, with or without the `$`; case doesn't matter.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let name = text.trim().trim_start_matches('$').to_lowercase();
        let letters = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        let starts = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
        let sized = (SHORTEST..=LONGEST).contains(&name.len());
        if letters && starts && sized && !RESERVED.contains(&name.as_str()) && !looks_like_an_id(&name) {
            Ok(Self(name))
        } else {
            Err(Refusal::HandleInvalid)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `shp_` and 26 digits: such a handle would be taken for an id in a route.
fn looks_like_an_id(name: &str) -> bool {
    name.split_once('_').is_some_and(|(prefix, digits)| (2..=4).contains(&prefix.len()) && digits.len() == 26)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn c1_handles_are_taken_without_regard_to_case_and_odd_ones_are_refused() {
        for text in ["amina_fabrics", " Amina_Fabrics ", "$AMINA_FABRICS"] {
            assert_eq!(Handle::parse(text).unwrap().as_str(), "amina_fabrics");
        }
        for text in ["", "ab", "1abc", "_abc", "a b", "amína", "orders", &"a".repeat(31), "shp_00000000000000000000000007"] {
            assert_eq!(Handle::parse(text), Err(Refusal::HandleInvalid), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn c1_no_text_breaks_the_rules(text in "\\PC{0,40}|[a-zA-Z0-9_$]{0,40}") {
            if let Ok(handle) = Handle::parse(&text) {
                prop_assert_eq!(Handle::parse(handle.as_str()), Ok(handle.clone()));
                prop_assert!((3..=30).contains(&handle.as_str().len()));
            }
        }
    }
}
