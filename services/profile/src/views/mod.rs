//! What can be seen of profiles; the viewer is always an argument.

pub mod follows;
pub mod people;
pub mod profiles;
