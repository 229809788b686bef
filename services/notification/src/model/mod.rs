//! What is true of telling people things.

pub mod data;
pub mod delivery;
pub mod kind;
pub mod language;
pub mod notice;
pub mod person;
pub mod private;
pub mod route;
pub mod words;
