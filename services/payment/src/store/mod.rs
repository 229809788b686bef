//! How money is kept.

pub mod escrows;
pub mod holders;
pub mod ledger;
pub mod refusals;
pub mod top_ups;
