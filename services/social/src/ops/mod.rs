//! What can be done with posts.

pub mod apply_follow;
pub mod count_sale;
pub mod delete_post;
pub mod edit_post;
pub mod erase_account;
pub mod lock_account;
pub mod publish_post;
