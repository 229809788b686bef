//! The JSON door.

mod accounts;
mod keys;
mod log_in;
mod master_key;
mod refresh;
mod sessions;
mod sign_up;
mod throttle;
