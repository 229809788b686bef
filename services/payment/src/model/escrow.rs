//! Escrows: money held for a deal until it is released or goes back.

use std::time::Duration;

use contracts::{
    ids::Escrow,
    payment::{EscrowHeld, EscrowReleased, Held, HoldEscrow, PaymentFailed, PaymentSucceeded, Purpose, RefundProcessed},
};
use kernel::{Fault, Id, Machine, Money, Move, User};

use super::settings::Settings;
use crate::fault::Refusal;

/// How long released money waits as pending payout (M6).
pub const MATURES_AFTER: Duration = Duration::from_hours(48);

pub const HOLD: &str = "hold";
pub const RELEASE: &str = "release";
pub const REFUND: &str = "refund";

kernel::named! {
    /// Where an escrow stands.
    pub EscrowState {
        /// Nobody has named this reference yet.
        #[serde(skip)]
        Absent = "absent",
        Held = "held",
        Released = "released",
        Refunded = "refunded",
        /// Refunded before anything was held.
        #[serde(skip)]
        Void = "void",
    }
}

/// Who moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The service the deal belongs to.
    Neighbour,
}

const fn by_neighbour(from: EscrowState, verb: &'static str, to: EscrowState, guard: &'static str) -> Move<EscrowState, By> {
    Move { verb, from, to, by: By::Neighbour, guard }
}

/// Every move of an escrow. What ends where it began is a repeat.
pub const ESCROW: Machine<EscrowState, By> = Machine {
    name: "escrow",
    moves: &[
        by_neighbour(EscrowState::Absent, HOLD, EscrowState::Held, "the payer isn't locked and the wallet has the amount"),
        by_neighbour(EscrowState::Absent, REFUND, EscrowState::Void, ""),
        by_neighbour(EscrowState::Held, RELEASE, EscrowState::Released, ""),
        by_neighbour(EscrowState::Held, REFUND, EscrowState::Refunded, ""),
        by_neighbour(EscrowState::Held, HOLD, EscrowState::Held, "a repeat of the same deal"),
        by_neighbour(EscrowState::Released, HOLD, EscrowState::Released, "a repeat of the same deal"),
        by_neighbour(EscrowState::Released, RELEASE, EscrowState::Released, "a repeat"),
        by_neighbour(EscrowState::Refunded, REFUND, EscrowState::Refunded, "a repeat"),
        by_neighbour(EscrowState::Void, REFUND, EscrowState::Void, "a repeat"),
    ],
};

impl EscrowState {
    /// Where `verb` leads from here.
    pub fn after(self, verb: &str) -> Result<Self, Refusal> {
        ESCROW.step(self, verb, By::Neighbour).ok_or(Refusal::EscrowClosed)
    }
}

/// What an escrow is about. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deal {
    pub id: Id<Escrow>,
    pub reference: String,
    pub payer: Id<User>,
    pub payee: Id<User>,
    pub domain: String,
    pub amount: Money,
    pub fee_base: Money,
    pub fee: Money,
    pub title: String,
}

impl Deal {
    /// The deal a neighbour wants money held for, with its fee fixed now.
    pub fn of(id: Id<Escrow>, cmd: &HoldEscrow, settings: &Settings) -> Result<Self, Fault> {
        if cmd.fee_base.currency() != cmd.amount.currency() {
            return Err(Refusal::CurrencyMismatch.into());
        }
        if cmd.fee_base.is_negative() || cmd.fee_base.minor() > cmd.amount.minor() {
            return Err(Refusal::AmountInvalid.into());
        }
        Ok(Self {
            id,
            reference: cmd.reference.clone(),
            payer: cmd.payer,
            payee: cmd.payee,
            domain: cmd.domain.clone(),
            amount: cmd.amount,
            fee_base: cmd.fee_base,
            fee: settings.fee(&cmd.domain, cmd.fee_base)?,
            title: cmd.title.clone(),
        })
    }

    /// Whether `other` holds the same money for the same people; ids, fees and titles may have changed since.
    pub fn is_same_as(&self, other: &Deal) -> bool {
        let terms = |deal: &Deal| (deal.payer, deal.payee, deal.amount, deal.fee_base);
        terms(self) == terms(other) && self.domain == other.domain
    }

    /// What the payee gets.
    pub fn payout(&self) -> Result<Money, Fault> {
        Ok(self.amount.checked_sub(self.fee)?)
    }

    pub fn held(&self) -> Held {
        Held { escrow: self.id, fee: self.fee }
    }

    pub fn tell_held(&self) -> EscrowHeld {
        let reference = self.reference.clone();
        EscrowHeld { escrow: self.id, reference, payer: self.payer, payee: self.payee, amount: self.amount }
    }

    pub fn tell_paid(&self) -> PaymentSucceeded {
        let reference = self.reference.clone();
        PaymentSucceeded { payer: self.payer, purpose: Purpose::Order, reference, amount: self.amount }
    }

    pub fn tell_failed(&self, reason: Refusal) -> PaymentFailed {
        let (reference, reason) = (self.reference.clone(), reason.code().to_owned());
        PaymentFailed { payer: self.payer, purpose: Purpose::Order, reference, amount: self.amount, reason }
    }

    pub fn tell_released(&self) -> Result<EscrowReleased, Fault> {
        let (reference, amount) = (self.reference.clone(), self.payout()?);
        Ok(EscrowReleased { escrow: self.id, reference, payee: self.payee, amount, fee: self.fee })
    }

    pub fn tell_refunded(&self) -> RefundProcessed {
        RefundProcessed { escrow: self.id, reference: self.reference.clone(), payer: self.payer, amount: self.amount }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;
    use proptest::prelude::*;
    use uuid::Uuid;

    const README: &str = include_str!("../../README.md");

    pub fn command(amount: Money, fee_base: Money) -> HoldEscrow {
        HoldEscrow {
            reference: "ord_1".into(),
            payer: Id::from_uuid(Uuid::from_u128(1)),
            payee: Id::from_uuid(Uuid::from_u128(2)),
            amount,
            fee_base,
            domain: "commerce".into(),
            title: "Kitenge dress".into(),
        }
    }

    fn deal(amount: Money, fee_base: Money) -> Result<Deal, Fault> {
        Deal::of(Id::from_uuid(Uuid::from_u128(3)), &command(amount, fee_base), &Settings::default())
    }

    #[test]
    fn x7_the_readme_shows_the_escrow_machine() {
        assert!(README.contains(&ESCROW.table()), "{}", ESCROW.table());
    }

    proptest! {
        #[test]
        fn x7_an_escrow_ends_one_way_however_it_is_pushed(verbs in prop::collection::vec(prop::sample::select(&[HOLD, RELEASE, REFUND][..]), 0..30)) {
            let (mut state, mut ends) = (EscrowState::Absent, Vec::new());
            for verb in verbs {
                let Ok(next) = state.after(verb) else { continue };
                if next != state && next != EscrowState::Held {
                    ends.push(next);
                }
                prop_assert!(EscrowState::named(next.name()) == Some(next));
                state = next;
            }
            prop_assert!(ends.len() <= 1, "{ends:?}");
            prop_assert!(ends.is_empty() || state == ends[0], "nothing leads out of an end");
        }

        #[test]
        fn m7_fee_and_payout_sum_to_the_amount(base in 0..=Money::MAX_MINOR, rest in 0..=Money::MAX_MINOR) {
            let deal = deal(Money::new(base + rest, Currency::TZS), Money::new(base, Currency::TZS)).unwrap();
            prop_assert_eq!(deal.payout().unwrap().checked_add(deal.fee).unwrap(), deal.amount);
            prop_assert_eq!(deal.fee.minor(), base / 20);
            prop_assert!(!deal.payout().unwrap().is_negative());
        }
    }

    #[test]
    fn m7_amount_and_fee_base_share_a_currency_and_the_base_lies_within_the_amount() {
        let tzs = |minor| Money::new(minor, Currency::TZS);
        let code = |result: Result<Deal, Fault>| result.unwrap_err().code().to_owned();
        assert_eq!(code(deal(tzs(100), Money::new(100, Currency::USD))), "payment.currency_mismatch");
        for (amount, base) in [(100, 101), (100, -1), (-100, -100), (-100, 0)] {
            assert_eq!(code(deal(tzs(amount), tzs(base))), "payment.amount_invalid", "{amount} {base}");
        }
        assert!(deal(tzs(0), tzs(0)).is_ok());
    }

    #[test]
    fn a_deal_is_the_same_by_its_money_and_people_not_by_its_title() {
        let first = deal(Money::new(100, Currency::TZS), Money::new(90, Currency::TZS)).unwrap();
        assert!(first.is_same_as(&Deal { title: "Another".into(), ..first.clone() }));
        let others = [
            Deal { payer: first.payee, ..first.clone() },
            Deal { payee: first.payer, ..first.clone() },
            Deal { domain: "events".into(), ..first.clone() },
            Deal { amount: Money::new(101, Currency::TZS), ..first.clone() },
            Deal { fee_base: Money::new(91, Currency::TZS), ..first.clone() },
        ];
        assert!(others.iter().all(|other| !first.is_same_as(other)));
    }
}
