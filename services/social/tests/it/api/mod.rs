//! The JSON door.

mod lists;
mod pages;
mod posts;
