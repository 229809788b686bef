//! How petitions, what is handed in with them, and what comes of them are kept.

pub mod badges;
pub mod deals;
pub mod documents;
pub mod log;
pub mod petition;
