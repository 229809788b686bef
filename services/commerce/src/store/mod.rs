//! How shops, shelves, checkouts and orders are kept.

pub mod accounts;
pub mod checkouts;
pub mod holds;
pub mod offers;
pub mod orders;
pub mod products;
pub mod shops;
pub mod stock;
mod words;
