//! The machinery every service runs on: settings, database, facts, jobs, asks, HTTP and telemetry.
//!
//! A service reaches it through [`Here`] and describes itself to it with [`Service`].

mod address;
pub mod backup;
mod bus;
mod coalesce;
pub mod config;
mod databases;
mod db;
pub mod doctor;
mod gauges;
mod here;
mod home;
mod house;
pub mod http;
mod ids;
mod jobs;
mod jwt;
mod keys;
mod lease;
mod master;
mod node;
pub mod objects;
pub mod outward;
mod peers;
pub mod postgres;
pub mod revoked;
mod seal;
mod service;
mod signal;
mod sweep;
pub mod telemetry;
pub mod token;
mod trace;

pub use bus::Parked;
pub use coalesce::{Command, Outcomes};
pub use config::{Channels, Config, Mail, Mode, Roles, Sms, certificates};
#[doc(hidden)]
pub use db::Attempts;
pub use db::{Constraint, Db, Tx};
pub use here::Here;
pub use ids::Ids;
pub use keys::Keys;
pub use node::Node;
pub use objects::Objects;
pub use peers::Peers;
pub use service::{Hear, HearTogether, Page, Service};
pub use trace::Traced;
