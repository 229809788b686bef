//! How reports and what is decided of them are kept.

pub mod cases;
pub mod log;
pub mod reports;
pub mod withheld;
