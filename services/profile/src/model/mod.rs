//! What is true of profiles.

pub mod about;
pub mod audience;
pub mod held;
pub mod mentions;
pub mod moderation;
pub mod muted;
pub mod petition;
pub mod portrait;
pub mod relationship;
pub mod trust;
pub mod username;
