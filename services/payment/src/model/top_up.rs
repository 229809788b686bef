//! Top-ups: money somebody asked a provider for.

use contracts::{
    ids,
    payment::{PaymentFailed, PaymentSucceeded, Purpose, TopUpSettled},
};
use kernel::{Id, Machine, Money, Move, User};

use super::provider::Provider;
use crate::fault::Refusal;

pub const SETTLE: &str = "settle";
pub const FAIL: &str = "fail";

kernel::named! {
    /// Where a top-up stands.
    pub TopUpState {
        Pending = "pending",
        Settled = "settled",
        Failed = "failed",
    }
}

/// Who moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Provider,
}

const fn by_provider(from: TopUpState, verb: &'static str, to: TopUpState, guard: &'static str) -> Move<TopUpState, By> {
    Move { verb, from, to, by: By::Provider, guard }
}

/// Every move of a top-up. Once it has ended, further reports change nothing.
pub const TOP_UP: Machine<TopUpState, By> = Machine {
    name: "top-up",
    moves: &[
        by_provider(TopUpState::Pending, SETTLE, TopUpState::Settled, "the amount that arrived is the one asked for"),
        by_provider(TopUpState::Pending, FAIL, TopUpState::Failed, ""),
        by_provider(TopUpState::Settled, SETTLE, TopUpState::Settled, "reported again"),
        by_provider(TopUpState::Settled, FAIL, TopUpState::Settled, "reported late"),
        by_provider(TopUpState::Failed, SETTLE, TopUpState::Failed, "reported late"),
        by_provider(TopUpState::Failed, FAIL, TopUpState::Failed, "reported again"),
    ],
};

/// A top-up.
#[derive(Debug, Clone)]
pub struct TopUp {
    pub id: Id<ids::TopUp>,
    pub reference: String,
    pub user: Id<User>,
    pub provider: Provider,
    pub amount: Money,
    pub state: TopUpState,
}

/// What a report makes of a top-up that waited for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Settled,
    Failed(Refusal),
}

impl TopUp {
    pub fn new(id: Id<ids::TopUp>, user: Id<User>, provider: Provider, amount: Money) -> Self {
        Self { id, reference: id.to_string(), user, provider, amount, state: TopUpState::Pending }
    }

    /// How this ends when `arrived` is reported, or `None` where it has ended before.
    pub fn report(&self, arrived: Option<Money>) -> Option<Ending> {
        let (verb, ending) = match arrived {
            None => (FAIL, Ending::Failed(Refusal::Declined)),
            Some(amount) if amount != self.amount => (FAIL, Ending::Failed(Refusal::AmountMismatch)),
            Some(_) => (SETTLE, Ending::Settled),
        };
        TOP_UP.step(self.state, verb, By::Provider).filter(|next| *next != self.state).map(|_| ending)
    }

    pub fn tell_settled(&self) -> TopUpSettled {
        TopUpSettled { top_up: self.id, user: self.user, amount: self.amount }
    }

    pub fn tell_paid(&self) -> PaymentSucceeded {
        let reference = self.reference.clone();
        PaymentSucceeded { payer: self.user, purpose: Purpose::TopUp, reference, amount: self.amount }
    }

    pub fn tell_failed(&self, reason: Refusal) -> PaymentFailed {
        let (reference, reason) = (self.reference.clone(), reason.code().to_owned());
        PaymentFailed { payer: self.user, purpose: Purpose::TopUp, reference, amount: self.amount, reason }
    }
}

impl Ending {
    pub const fn state(self) -> TopUpState {
        match self {
            Ending::Settled => TopUpState::Settled,
            Ending::Failed(_) => TopUpState::Failed,
        }
    }

    /// Why it failed.
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Ending::Settled => None,
            Ending::Failed(reason) => Some(reason.code()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;
    use proptest::prelude::*;
    use uuid::Uuid;

    const README: &str = include_str!("../../README.md");

    #[test]
    fn x7_the_readme_shows_the_top_up_machine() {
        assert!(README.contains(&TOP_UP.table()), "{}", TOP_UP.table());
    }

    proptest! {
        #[test]
        fn x7_a_top_up_ends_once_and_as_its_first_report_says(reports in prop::collection::vec(prop::option::of(99..102_i64), 1..20)) {
            let amount = Money::new(100, Currency::TZS);
            let (id, user) = (Id::from_uuid(Uuid::from_u128(1)), Id::from_uuid(Uuid::from_u128(2)));
            let mut top_up = TopUp::new(id, user, Provider::Sandbox, amount);
            let mut endings = Vec::new();
            for minor in &reports {
                if let Some(ending) = top_up.report(minor.map(|minor| Money::new(minor, Currency::TZS))) {
                    top_up.state = ending.state();
                    endings.push(ending);
                }
                prop_assert_eq!(TopUpState::named(top_up.state.name()), Some(top_up.state));
            }
            let expected = match reports[0] {
                None => Ending::Failed(Refusal::Declined),
                Some(100) => Ending::Settled,
                Some(_) => Ending::Failed(Refusal::AmountMismatch),
            };
            prop_assert_eq!(endings, [expected]);
        }
    }

    #[test]
    fn another_currency_is_another_amount() {
        let user = Id::from_uuid(Uuid::from_u128(2));
        let top_up = TopUp::new(Id::from_uuid(Uuid::from_u128(1)), user, Provider::Sandbox, Money::new(100, Currency::TZS));
        assert_eq!(top_up.report(Some(Money::new(100, Currency::USD))), Some(Ending::Failed(Refusal::AmountMismatch)));
    }
}
