//! How far an order is, where its money is, and what comes next, in the words of each side.

use contracts::commerce::CancelledBy;
use kernel::Timestamp;

use crate::views::{moves::Stage, orders::OrderView};

/// The key of a stage's name, as a side of the order has it.
pub fn stage(stage: Stage, is_buyer: bool) -> &'static str {
    match stage {
        Stage::Waiting if !is_buyer => "order-is-waiting-for-you",
        Stage::Waiting => "order-is-waiting",
        Stage::Accepted => "order-is-accepted",
        Stage::Shipped => "order-is-shipped",
        Stage::Delivered => "order-is-delivered",
        Stage::Completed => "order-is-completed",
        Stage::Cancelled | Stage::Refunded => "order-is-cancelled",
    }
}

/// How its badge looks.
pub fn badge(stage: Stage) -> &'static str {
    match stage {
        Stage::Waiting | Stage::Accepted | Stage::Shipped => "badge warm",
        Stage::Delivered | Stage::Completed => "badge",
        Stage::Cancelled | Stage::Refunded => "badge bad",
    }
}

/// The key of where the money is.
pub fn money(stage: Stage, is_buyer: bool) -> &'static str {
    match (stage, is_buyer) {
        (Stage::Waiting | Stage::Accepted | Stage::Shipped, true) => "order-money-held",
        (Stage::Waiting | Stage::Accepted | Stage::Shipped, false) => "order-money-held-for-you",
        (Stage::Delivered, true) => "order-money-leaving",
        (Stage::Delivered, false) => "order-money-coming",
        (Stage::Completed, true) => "order-money-paid-out",
        (Stage::Completed, false) => "order-money-yours",
        (Stage::Cancelled, true) => "order-money-returning",
        (Stage::Cancelled, false) => "order-money-returning-to-buyer",
        (Stage::Refunded, true) => "order-money-back",
        (Stage::Refunded, false) => "order-money-back-at-buyer",
    }
}

/// The key of what comes next, and until when; nothing where nothing does.
pub fn next(order: &OrderView, is_buyer: bool) -> Option<(&'static str, Timestamp)> {
    match (order.stage(), is_buyer) {
        (Stage::Waiting, true) => Some(("order-next-answer", order.accept_by)),
        (Stage::Waiting, false) => Some(("order-next-accept", order.accept_by)),
        (Stage::Accepted, true) => Some(("order-next-parcel", order.ship_by?)),
        (Stage::Accepted, false) => Some(("order-next-ship", order.ship_by?)),
        (Stage::Shipped, true) => Some(("order-next-receive", order.confirm_by?)),
        (Stage::Shipped, false) => Some(("order-next-hand-over", order.confirm_by?)),
        _ => None,
    }
}

/// Something that happened, or will.
pub struct Step {
    pub key: &'static str,
    pub at: Option<Timestamp>,
    pub is_done: bool,
}

/// The way of an order, in its order.
pub fn steps(order: &OrderView) -> Vec<Step> {
    let stage = order.stage();
    let step = |key, at, is_done| Step { key, at, is_done };
    let placed = step("order-step-placed", Some(order.placed_at), true);
    if matches!(stage, Stage::Cancelled | Stage::Refunded) {
        let key = match order.cancelled_by {
            Some(CancelledBy::Buyer) => "order-step-cancelled-buyer",
            Some(CancelledBy::Seller) => "order-step-cancelled-seller",
            Some(CancelledBy::Clock) => "order-step-cancelled-clock",
            None => "order-step-cancelled",
        };
        let cancelled = step(key, order.closed_at, true);
        return vec![placed, cancelled, step("order-step-refunded", None, stage == Stage::Refunded)];
    }
    let (is_completed, is_delivered) = (stage == Stage::Completed, matches!(stage, Stage::Delivered | Stage::Completed));
    vec![
        placed,
        step("order-step-accepted", None, stage != Stage::Waiting),
        step("order-step-shipped", order.shipped_at, order.shipped_at.is_some()),
        step("order-step-delivered", order.delivered_at, is_delivered),
        step("order-step-completed", order.closed_at.filter(|_| is_completed), is_completed),
    ]
}
