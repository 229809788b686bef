//! The JSON door.

mod checkouts;
mod orders;
mod pictures;
mod products;
mod shops;
