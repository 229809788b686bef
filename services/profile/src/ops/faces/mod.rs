//! What people show and tell of themselves.

pub mod change_profile;
mod mention;
mod rename;
pub mod show_portrait;
