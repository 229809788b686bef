//! Codes that prove a contact: for a sign-up or a login.

pub mod begin_login;
pub mod issue_code;
pub mod register;
pub mod resend_code;
pub mod verify_code;
