//! What can be seen of shops, checkouts and orders; the viewer is always an argument.

pub mod cards;
pub mod checkouts;
pub mod exhibit;
pub mod moves;
pub mod orders;
pub mod products;
mod sellers;
pub mod shops;
