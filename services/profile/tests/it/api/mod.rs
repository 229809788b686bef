//! The JSON door.

mod follows;
mod users;
