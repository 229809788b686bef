//! Facts heard.

pub mod auth;
pub mod commerce;
pub mod payment;
pub mod profile;
