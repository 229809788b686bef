//! What is true of money here.

pub mod escrow;
pub mod ledger;
pub mod provider;
pub mod sandbox;
pub mod settings;
pub mod top_up;
