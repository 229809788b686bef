//! The JSON door.

mod checkouts;
mod orders;
mod products;
mod shops;
