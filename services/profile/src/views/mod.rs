//! What can be seen of profiles; the viewer is always an argument.

pub mod cases;
pub mod exhibits;
pub mod lists;
pub mod own_cases;
pub mod own_petitions;
pub mod people;
pub mod petition_queue;
pub mod petitions;
pub mod privacy;
pub mod profiles;
pub mod queue;
pub mod suggestions;
pub mod trust;
pub mod usernames;
