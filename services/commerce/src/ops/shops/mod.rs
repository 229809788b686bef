//! Shops.

pub mod change_shop;
pub mod open_shop;
pub mod retell_shops;
pub mod withhold_shop;
