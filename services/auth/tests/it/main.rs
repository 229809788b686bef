//! Auth's tests: through its doors only, mirroring them.
#![cfg(test)]

mod accounts;
mod keys;
mod log_in;
mod people;
mod refresh;
mod sessions;
mod sign_up;
mod throttle;
