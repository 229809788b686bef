//! Flows: sign-ups and logins that a code ends.

mod codes;
mod sign_up;
