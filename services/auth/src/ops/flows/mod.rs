//! Flows: sign-ups and logins that a code ends, since it proves a contact.

pub mod begin_login;
pub mod issue_code;
pub mod register;
pub mod resend_code;
pub mod verify_code;
