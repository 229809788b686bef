//! What is true of profiles.

pub mod username;
