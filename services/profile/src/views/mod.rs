//! What can be seen of profiles; the viewer is always an argument.

pub mod lists;
pub mod people;
pub mod privacy;
pub mod profiles;
pub mod suggestions;
pub mod trust;
pub mod usernames;
