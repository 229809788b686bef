//! What is true of profiles.

pub mod audience;
pub mod muted;
pub mod relationship;
pub mod username;
