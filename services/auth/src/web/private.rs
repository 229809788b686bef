//! What somebody typed that nobody else may read: it goes back into its form, and never into a log (X14).

use std::fmt;

use serde::Deserialize;

/// A contact, a birth date or a password on its way through a form.
#[derive(Default, Deserialize)]
#[serde(transparent)]
pub struct Private(String);

impl Private {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Private(…)")
    }
}
