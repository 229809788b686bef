//! A checkout: units held at a quoted price until they are paid or the time runs out.

use contracts::ids;
use kernel::{Id, Machine, Move, Timestamp, User};

use super::{address::Address, price::Quote};
use crate::fault::Refusal;

kernel::named! {
    /// Where a checkout stands.
    pub CheckoutState {
        Open = "open",
        /// The money is on its way; the hold waits for the answer.
        Paying = "paying",
        Paid = "paid",
        Cancelled = "cancelled",
        Expired = "expired",
    }
}
use CheckoutState::{Cancelled, Expired, Open, Paid, Paying};

/// Who moves a checkout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Buyer,
    Clock,
    /// Payment's answer to `HoldEscrow`.
    Payment,
}

/// What can happen to a checkout.
pub const CHECKOUT: Machine<CheckoutState, By> = Machine {
    name: "checkout",
    moves: &[
        Move {
            verb: "pay",
            from: Open,
            to: Paying,
            by: By::Buyer,
            guard: "in time, still on sale, and it is known where it goes",
        },
        Move { verb: "renew", from: Open, to: Open, by: By::Buyer, guard: "once, and not withheld" },
        Move { verb: "readdress", from: Open, to: Open, by: By::Buyer, guard: "" },
        Move { verb: "cancel", from: Open, to: Cancelled, by: By::Buyer, guard: "" },
        Move { verb: "expire", from: Open, to: Expired, by: By::Clock, guard: "15 minutes are over" },
        Move { verb: "place", from: Paying, to: Paid, by: By::Payment, guard: "the money is held" },
        Move { verb: "reopen", from: Paying, to: Open, by: By::Payment, guard: "the money was refused in time" },
        Move { verb: "expire", from: Paying, to: Expired, by: By::Payment, guard: "the money was refused late" },
        Move { verb: "give_up", from: Paying, to: Cancelled, by: By::Payment, guard: "no longer on sale; the money goes back" },
    ],
};

/// A checkout as the store keeps it.
#[derive(Debug, Clone)]
pub struct Checkout {
    pub id: Id<ids::Checkout>,
    pub buyer: Id<User>,
    pub seller: Id<User>,
    pub shop: Id<ids::Shop>,
    pub product: Id<ids::Product>,
    pub variant: Id<ids::Variant>,
    pub post: Option<Id<ids::Post>>,
    pub title: String,
    pub quantity: i64,
    pub quote: Quote,
    pub address: Option<Address>,
    pub state: CheckoutState,
    /// The order this attempt to pay becomes.
    pub order_id: Option<Id<ids::Order>>,
    pub renewals: i64,
    pub expires_at: Timestamp,
}

impl CheckoutState {
    /// What it reads as at `now`: a deadline counts whether or not anybody has swept (X4).
    pub fn at(self, now: Timestamp, expires_at: Timestamp) -> Self {
        if expires_at <= now { CHECKOUT.step(self, "expire", By::Clock).unwrap_or(self) } else { self }
    }

    /// Why a buyer can do nothing with a checkout in this state.
    pub fn refusal(self) -> Refusal {
        match self {
            Paying => Refusal::CheckoutPaying,
            Expired => Refusal::CheckoutExpired,
            Open | Paid | Cancelled => Refusal::CheckoutOver,
        }
    }
}

impl Checkout {
    /// Takes a move of the buyer's.
    pub fn take(&mut self, verb: &str, now: Timestamp) -> Result<(), Refusal> {
        let state = self.state.at(now, self.expires_at);
        self.state = CHECKOUT.step(state, verb, By::Buyer).ok_or_else(|| state.refusal())?;
        Ok(())
    }

    /// Whether this attempt to pay is still the one that counts.
    pub fn awaits(&self, order: Id<ids::Order>) -> bool {
        self.state == Paying && self.order_id == Some(order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn x7_the_readme_shows_the_table() {
        assert!(include_str!("../../README.md").contains(&CHECKOUT.table()), "{}", CHECKOUT.table());
    }

    proptest! {
        #[test]
        fn x7_a_walk_that_ended_never_goes_on(steps in prop::collection::vec(prop::sample::select(CHECKOUT.moves), 0..40)) {
            let mut state = Open;
            for step in steps {
                let next = CHECKOUT.step(state, step.verb, step.by);
                prop_assert!(next.is_none() || !matches!(state, Paid | Cancelled | Expired), "{state:?} {}", step.verb);
                // Nothing but a held payment makes an order, and no clock takes a hold whose money is on its way.
                prop_assert!(next != Some(Paid) || (state == Paying && step.by == By::Payment));
                prop_assert!(state != Paying || next.is_none() || step.by == By::Payment);
                // What is renewed or readdressed is open before and after.
                let changes = matches!(step.verb, "renew" | "readdress");
                prop_assert!(!changes || next == (state == Open).then_some(Open), "{state:?} {}", step.verb);
                state = next.unwrap_or(state);
            }
        }
    }

    #[test]
    fn x4_a_deadline_counts_for_an_open_checkout_only() {
        let (before, after) = (Timestamp::from_microsecond(1), Timestamp::from_microsecond(2));
        for state in CheckoutState::ALL.iter().copied() {
            assert_eq!(state.at(before, after), state);
            assert_eq!(state.at(after, after), if state == Open { Expired } else { state });
            assert_eq!(CheckoutState::named(state.name()), Some(state));
        }
    }
}
