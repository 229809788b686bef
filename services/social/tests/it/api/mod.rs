//! The JSON door.

mod lists;
mod pictures;
mod posts;
