//! How far an order is, in one word, and what its reader may do with it now: read from the same table that decides.

use crate::model::order::{Axes, By, Fulfilment, OrderState, Payment};

/// How far an order is, as its two sides are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// For the seller's answer.
    Waiting,
    Accepted,
    Shipped,
    /// The money is on its way to the seller.
    Delivered,
    Completed,
    /// The money is on its way back.
    Cancelled,
    Refunded,
}

impl Stage {
    pub(super) fn of(axes: Axes) -> Self {
        match (axes.state, axes.fulfilment) {
            (OrderState::Cancelled, _) if axes.payment == Payment::Refunded => Self::Refunded,
            (OrderState::Cancelled, _) => Self::Cancelled,
            (OrderState::Completed, _) => Self::Completed,
            (OrderState::Open, Fulfilment::Waiting) => Self::Waiting,
            (OrderState::Open, Fulfilment::Accepted) => Self::Accepted,
            (OrderState::Open, Fulfilment::Shipped) => Self::Shipped,
            (OrderState::Open, Fulfilment::Delivered) => Self::Delivered,
        }
    }
}

/// The verbs of the order's table that people take.
const VERBS: [&str; 7] = ["accept", "ship", "deliver", "confirm", "cancel", "renew_code", "extend"];

/// What one side of an order may do now.
#[derive(Debug, Default)]
pub struct Moves(Vec<&'static str>);

impl Moves {
    pub(super) fn of(axes: Axes, side: By, extended: bool) -> Self {
        let may = |verb: &&str| axes.take(verb, side).is_ok() && !(extended && *verb == "extend");
        Self(VERBS.into_iter().filter(may).collect())
    }

    pub fn has(&self, verb: &str) -> bool {
        self.0.contains(&verb)
    }
}
