//! What is true of profiles.

pub mod relationship;
pub mod username;
