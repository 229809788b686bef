//! Sessions: logging in, going on, and where one is logged in.

mod log_in;
mod own;
mod refresh;
