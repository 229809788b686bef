//! Secrets and contacts on their way in: they can be used, and never printed (X14).

use std::fmt;

use garde::rules::length::chars::HasChars;
use serde::Deserialize;

/// A password, code, token or contact as somebody sent it. Debug shows nothing of it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl HasChars for Secret {
    fn num_chars(&self) -> usize {
        self.0.chars().count()
    }
}

/// Whether two hashes are the same, in a time that doesn't depend on where they differ.
pub fn same(ours: &[u8], theirs: &[u8]) -> bool {
    ours.len() == theirs.len() && ours.iter().zip(theirs).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn same_means_equal(a: Vec<u8>, b: Vec<u8>) {
            prop_assert!(same(&a, &a));
            prop_assert_eq!(same(&a, &b), a == b);
        }
    }

    #[test]
    fn x14_a_secret_is_not_printed() {
        assert_eq!(format!("{:?}", Secret("hunter2".into())), "Secret(…)");
    }
}
