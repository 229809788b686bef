//! What stands on the shelves, and how much of it.

pub mod add_product;
pub mod change_product;
pub mod change_stock;
