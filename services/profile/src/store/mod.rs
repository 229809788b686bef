//! How profiles and ties are kept.

pub mod profiles;
pub mod requests;
pub mod ties;
