//! The JSON door.

mod media;
mod uploads;
