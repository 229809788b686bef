//! Facts heard.

pub mod auth;
