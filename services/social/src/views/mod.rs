//! What can be seen of posts; the viewer is always an argument.

pub mod authors;
pub mod cards;
pub mod exhibit;
pub mod lists;
pub mod posts;
pub mod spots;
