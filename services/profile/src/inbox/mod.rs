//! Facts heard.

pub mod auth;
pub mod files;
