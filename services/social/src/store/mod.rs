//! How posts, persons, follows and sales are kept.

pub mod follows;
pub mod persons;
pub mod pictures;
pub mod posts;
pub mod sales;
