//! How accounts and what opens them are kept.

pub mod accounts;
pub mod code_issues;
pub mod devices;
pub mod flows;
pub mod minors;
pub mod refresh_tokens;
pub mod sessions;
pub mod signing_keys;
pub mod throttles;
