//! How shops, shelves, checkouts and orders are kept.

pub mod checkouts;
pub mod holds;
pub mod offers;
pub mod orders;
pub mod persons;
pub mod pictures;
pub mod products;
pub mod shops;
pub mod stock;
mod words;
