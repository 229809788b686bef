//! What can be seen of profiles; the viewer is always an argument.

pub mod cases;
pub mod lists;
pub mod own_cases;
pub mod people;
pub mod privacy;
pub mod profiles;
pub mod queue;
pub mod suggestions;
pub mod trust;
pub mod usernames;
