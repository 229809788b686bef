//! What people are to each other.

pub mod answer_request;
pub mod block;
pub mod follow;
pub mod mute;
pub mod restrict;
pub mod retell_ties;
pub mod unfollow;
