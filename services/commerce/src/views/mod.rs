//! What can be seen of shops, checkouts and orders; the viewer is always an argument.

pub mod cards;
pub mod checkout;
pub mod order;
pub mod orders;
pub mod product;
pub mod products;
mod sellers;
pub mod shop;
