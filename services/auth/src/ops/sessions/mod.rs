//! Logins, and the devices and tokens they stand on.

pub mod count_attempt;
pub mod end_session;
pub mod hash_password;
pub mod log_in;
pub mod open_session;
pub mod origin;
pub mod refresh_session;
