//! What can be done with profiles.

pub mod change_profile;
pub mod erase_account;
pub mod follow;
pub mod lock_account;
pub mod open_profile;
pub mod retell_follows;
pub mod retell_profiles;
pub mod unfollow;
