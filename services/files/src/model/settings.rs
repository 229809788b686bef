//! What an operator may set: how much one person may keep here.

use serde::Deserialize;

/// `[files]` of `nexgate.toml`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Bytes one person may have uploaded and not deleted; 2 GB where nothing is said.
    pub quota_bytes: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { quota_bytes: 2_000_000_000 }
    }
}
