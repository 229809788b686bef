//! The JSON door.

mod blocks;
mod faces;
mod follows;
mod graph;
mod privacy;
mod races;
mod requests;
mod usernames;
mod users;
