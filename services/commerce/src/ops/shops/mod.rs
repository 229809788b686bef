//! Shops.

pub mod change_shop;
pub mod open_shop;
