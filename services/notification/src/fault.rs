//! Every way notification says no.

use kernel::Fault;

/// What is refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A fact came before those that say who its people are; it is tried again.
    NotKnownYet,
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotKnownYet => Fault::unavailable(1, "the copy of somebody's contacts or name isn't here yet"),
        }
    }
}
