//! What an operator may set: how much one person may keep here.

use serde::Deserialize;

/// `[files]` of `nexgate.toml`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Bytes one person may have uploaded and not deleted; 2 GB where nothing is said.
    quota_bytes: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { quota_bytes: 2_000_000_000 }
    }
}

impl Settings {
    /// Bytes, as the database counts them.
    pub fn quota(self) -> i64 {
        i64::try_from(self.quota_bytes).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_below_nothing_is_no_quota() {
        assert_eq!(serde_json::from_str::<Settings>("{}").unwrap().quota(), 2_000_000_000);
        for odd in [r#"{"quota_bytes": -1}"#, r#"{"quota_bytes": "2 GB"}"#, r#"{"quota": 1}"#] {
            assert!(serde_json::from_str::<Settings>(odd).is_err(), "{odd}");
        }
    }
}
