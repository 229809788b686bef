//! The JSON door.

mod blocks;
mod follows;
mod graph;
mod privacy;
mod races;
mod requests;
mod users;
