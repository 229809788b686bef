//! From a price to a payment.

mod holding;
mod paying;
