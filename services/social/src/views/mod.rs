//! What can be seen of posts; the viewer is always an argument.

pub mod authors;
pub mod cards;
pub mod list;
pub mod post;
pub mod spots;
