//! Makes pictures out of hostile bytes: says what they are, and turns a picture into upright, bare, small variants.
//!
//! `sniff` reads headers and structure only and is cheap enough for the server. `develop` decodes, and so runs in a process of
//! its own with limits the kernel keeps: `Lab` starts one for each picture, and `work` is what that process does.

mod blurhash;
mod colour;
mod decode;
mod develop;
mod encode;
mod format;
mod frame;
mod lab;
mod mark;
mod picture;
mod raster;
mod refusal;
mod shrink;
mod size;
mod sniff;
#[cfg(test)]
mod studio;
mod upright;
mod worker;

pub use develop::develop;
pub use format::Format;
pub use lab::Lab;
pub use picture::{Picture, Variant, VariantName};
pub use refusal::Refusal;
pub use size::MOST_BYTES;
pub use sniff::sniff;
pub use worker::work;
