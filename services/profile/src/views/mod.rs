//! What can be seen of profiles; the viewer is always an argument.

pub mod cards;
pub mod follows;
pub mod profiles;
pub mod relationships;
