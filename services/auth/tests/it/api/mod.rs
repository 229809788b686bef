//! The JSON door.

mod accounts;
mod keys;
mod log_in;
mod refresh;
mod sessions;
mod sign_up;
mod throttle;
