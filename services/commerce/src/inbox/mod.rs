//! Facts heard.

pub mod auth;
pub mod files;
pub mod payment;
pub mod profile;
