//! What can be done with accounts and what opens them.

pub mod begin_login;
pub mod count_attempt;
pub mod end_session;
pub mod erase_account;
pub mod grant_role;
pub mod hash_password;
pub mod issue_code;
pub mod lock_account;
pub mod log_in;
pub mod open_session;
pub mod origin;
pub mod refresh_session;
pub mod register;
pub mod resend_code;
pub mod rotate_keys;
pub mod sweep;
pub mod unlock_account;
pub mod verify_code;
