//! What is true of uploads.

pub mod key;
pub mod media;
pub mod settings;
