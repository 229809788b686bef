//! Everything a service's tests stand on: a database of their own, a clock that stands still, neighbours as closures,
//! people with tokens, and a client.
//!
//! Tests need a PostgreSQL server they may fill, and some a RabbitMQ: `cargo xtask test` starts both and names them in
//! `NEXGATE_TEST_POSTGRES` and `NEXGATE_TEST_AMQP_URL`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that can't go on stops with its reason"
)]

mod album;
mod broker;
mod browser;
mod database;
mod documented;
mod elsewhere;
mod parts;
mod person;
mod stage;
mod token;

pub use album::Album;
pub use broker::VirtualHost;
pub use browser::Browser;
pub use database::Database;
pub use elsewhere::Elsewhere;
pub use parts::{Part, multipart};
pub use person::{Person, Reply};
pub use stage::{Setting, Stage};
