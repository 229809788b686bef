//! How profiles and follows are kept.

pub mod follows;
pub mod profiles;
