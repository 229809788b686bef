//! The supervisor of a private PostgreSQL cluster: finds the installed server, makes a cluster, runs, watches and stops it.
//!
//! For development, tests and one-machine installations. It speaks to nobody over TCP, survives `kill -9` of either side,
//! and needs neither an async runtime nor the rest of the host. Linux: live servers are recognised through `/proc`.

mod cluster;
mod command;
mod error;
mod find;
mod make;
mod own;
mod place;
mod postmaster;
mod probe;
mod server;
mod user;

pub use cluster::{Cluster, Durable, Options, stop_in};
pub use error::ClusterError;
pub use find::{Binaries, Missing};

/// The superuser of every private cluster.
pub const SUPERUSER: &str = "nexgate";

/// Names the socket file; said everywhere, so that a `PGPORT` in somebody's environment changes nothing.
const PORT: u16 = 5432;
