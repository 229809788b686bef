//! What can be seen of uploads; the viewer is always an argument.

pub mod media;
pub mod objects;
pub mod pictures;
pub mod signed;
pub mod uploaded;
pub mod usage;
