//! Facts heard.

pub mod auth;
pub mod commerce;
pub mod files;
