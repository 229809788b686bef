//! The JSON door.

mod checkouts;
mod orders;
mod paying;
mod shops;
