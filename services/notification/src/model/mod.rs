//! What is true of telling people things.

pub mod answer;
pub mod bundle;
pub mod data;
pub mod delivery;
pub mod kind;
pub mod language;
pub mod letter;
pub mod notice;
pub mod page;
pub mod person;
pub mod private;
pub mod route;
pub mod sms;
pub mod words;
