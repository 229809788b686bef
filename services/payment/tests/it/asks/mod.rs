//! What neighbours and the command line ask.

mod escrows;
mod ledger;
mod races;
