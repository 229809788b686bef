//! What is true of posts.

pub mod card;
pub mod draft;
pub mod filling;
