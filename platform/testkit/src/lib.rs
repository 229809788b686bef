//! Everything a service's tests stand on: a database of their own, a clock that stands still, neighbours as closures,
//! people with tokens, and a client.
//!
//! Tests need a PostgreSQL server they may fill: `cargo xtask test` starts one and names it in
//! `NEXGATE_TEST_DATABASE_URL`.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on stops with its reason")]

mod database;
mod person;
mod stage;
mod token;

pub use database::Database;
pub use person::{Person, Reply};
pub use stage::{Setting, Stage};
