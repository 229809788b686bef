//! The JSON door.

mod lists;
mod posts;
