//! From a price to a payment.

pub mod cancel_checkout;
pub mod change_checkout;
pub mod open_checkout;
pub mod pay_checkout;
