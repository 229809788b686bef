//! Shops and what stands on their shelves.

pub mod add_product;
pub mod change_product;
pub mod change_shop;
pub mod change_stock;
pub mod open_shop;
