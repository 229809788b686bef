//! What can be done with accounts and what opens them.

pub mod accounts;
pub mod flows;
pub mod rotate_keys;
pub mod sessions;
pub mod sweep;
