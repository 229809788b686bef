//! What is true of shops, checkouts and orders.

pub mod address;
pub mod checkout;
pub mod handle;
pub mod offer;
pub mod order;
pub mod price;
pub mod product;
pub mod shop;
pub mod terms;
