//! How posts, authors, follows and sales are kept.

pub mod authors;
pub mod follows;
pub mod posts;
pub mod sales;
