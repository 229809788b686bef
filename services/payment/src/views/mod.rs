//! What can be seen of money; the viewer is always an argument.

pub mod escrows;
pub mod ledger;
pub mod top_ups;
pub mod transactions;
pub mod wallet;
