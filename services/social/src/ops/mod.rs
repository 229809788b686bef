//! What can be done with posts.

pub mod apply_follow;
pub mod count_sale;
pub mod delete_post;
pub mod edit_post;
pub mod erase_author;
pub mod lock_author;
pub mod publish_post;
