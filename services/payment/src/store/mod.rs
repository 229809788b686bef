//! How money is kept.

pub mod escrows;
pub mod ledger;
pub mod persons;
pub mod refusals;
pub mod top_ups;
