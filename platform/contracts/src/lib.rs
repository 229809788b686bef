//! What services say to each other: facts and asks, one file per telling or answering service, and the ids they share.
//!
//! Once released, a message only gains optional fields; anything else is a new version beside the old one.

pub mod auth;
pub mod commerce;
pub mod files;
pub mod ids;
pub mod payment;
pub mod profile;
pub mod social;

/// Gives messages their stable names.
macro_rules! facts {
    ($($fact:ty = $name:literal $(, sealed for $reader:literal: $fields:tt)?;)*) => { $(
        impl kernel::Fact for $fact {
            const NAME: &'static str = $name;
            $(const SEALED: kernel::Sealed = kernel::Sealed { reader: $reader, fields: &$fields };)?
        }
    )* };
}
macro_rules! asks {
    ($($ask:ty = $name:literal -> $answer:ty;)*) => {
        $(impl kernel::Ask for $ask { const NAME: &'static str = $name; type Answer = $answer; })*
    };
}
use {asks, facts};
