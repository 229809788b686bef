//! The JSON door.

mod accounts;
mod flows;
mod keys;
mod sessions;
