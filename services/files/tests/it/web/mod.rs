//! The web door.

mod media;
