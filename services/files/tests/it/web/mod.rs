//! The web door.

mod media;
mod uploads;
