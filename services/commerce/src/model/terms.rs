//! The numbers of the trade, in one place.

use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);

/// How long units are held for somebody who hasn't paid yet (C3).
pub const HOLD: Duration = Duration::from_mins(15);
/// Open holds of one person: on one item, and altogether (X5). The hold table's checks say the same.
pub const HOLDS_PER_ITEM: i64 = 3;
pub const HOLDS_PER_PERSON: i64 = 10;
/// When a payment whose end nobody has seen is asked for again.
pub const RESUME_AFTER: Duration = Duration::from_secs(30);

/// How long the seller may take to accept or ship (C12).
pub const ACCEPT_WITHIN: Duration = DAY.saturating_mul(2);
/// The seller ships by the ship-by date, or it is cancelled and refunded: so long after acceptance (C12).
pub const SHIP_WITHIN: Duration = DAY.saturating_mul(7);
/// When the buyer may count on the goods, from shipping.
pub const PROMISED_WITHIN: Duration = DAY.saturating_mul(7);
/// How long after the promised day an order is confirmed by itself.
pub const GRACE: Duration = DAY.saturating_mul(3);
/// The same for a seller who isn't known yet.
pub const GRACE_OF_THE_NEW: Duration = DAY.saturating_mul(14);
/// A seller is known after so many completed orders.
pub const KNOWN_AFTER: i64 = 5;
/// What the buyer may add, once.
pub const EXTENSION: Duration = DAY.saturating_mul(7);
/// How long after an order's end its seller still sees the address.
pub const ADDRESS_SEEN: Duration = DAY.saturating_mul(30);

/// Digits of a hand-over code.
pub const CODE_DIGITS: u32 = 6;
/// So many misses, and only the buyer can make a new code.
pub const CODE_MISSES: i64 = 5;
/// What hand-over codes are sealed for.
pub const CODE_PURPOSE: &str = "commerce.handover_code";

/// Payment is asked for an answer about a week long before a job on money is given up to a person.
pub const MONEY_TRIES: u16 = 1_000;
