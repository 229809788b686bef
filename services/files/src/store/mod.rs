//! How uploads are kept.

pub mod media;
pub mod persons;
mod words;
