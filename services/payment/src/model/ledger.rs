//! The ledger's words: accounts, and the movements that are allowed between them.

use kernel::{Currency, Fault, Id, Money, User};

use super::{escrow::Deal, top_up::TopUp};

kernel::named! {
    /// What kind of account.
    #[derive(PartialOrd, Ord)]
    pub Account {
        /// What its owner can spend.
        Wallet = "wallet",
        /// What was released to its owner and isn't spendable yet.
        PendingPayout = "pending_payout",
        /// What its owner has paid into open deals.
        Escrow = "escrow",
        /// What the platform earned from its owner's sales.
        Fee = "fee",
        /// What came from outside for its owner: below zero by as much as came in.
        Outside = "outside",
    }
}

kernel::named! {
    /// What happened to money.
    pub EntryKind {
        /// It came from outside.
        TopUp = "top_up",
        /// It went into escrow.
        Payment = "payment",
        /// It was released, less the fee.
        Sale = "sale",
        /// It came back out of escrow.
        Refund = "refund",
        /// What was released can be spent now. No line of a history: the sale was one.
        #[serde(skip)]
        Maturity = "maturity",
    }
}

/// One side of a movement, in minor units: below zero out of the account, above zero into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    pub account: Account,
    pub owner: Id<User>,
    pub minor: i64,
}

/// One thing that happens to money. Its legs sum to zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    pub kind: EntryKind,
    pub reference: String,
    pub title: String,
    pub currency: Currency,
    pub legs: Vec<Leg>,
}

impl Movement {
    /// From outside into the wallet.
    pub fn top_up(top_up: &TopUp) -> Self {
        let legs = transfer(Account::Outside, top_up.user, Account::Wallet, top_up.user, top_up.amount);
        Self::new(EntryKind::TopUp, &top_up.reference, "Top-up", top_up.amount.currency(), legs)
    }

    /// From the payer's wallet into escrow.
    pub fn payment(deal: &Deal) -> Self {
        Self::of(deal, EntryKind::Payment, transfer(Account::Wallet, deal.payer, Account::Escrow, deal.payer, deal.amount))
    }

    /// From escrow to the payee, less the fee.
    pub fn sale(deal: &Deal) -> Result<Self, Fault> {
        let payout = transfer(Account::Escrow, deal.payer, Account::PendingPayout, deal.payee, deal.payout()?);
        let [out, to] = payout;
        let out = Leg { minor: -deal.amount.minor(), ..out };
        let fee = Leg { account: Account::Fee, owner: deal.payee, minor: deal.fee.minor() };
        Ok(Self::of(deal, EntryKind::Sale, [out, to, fee]))
    }

    /// From escrow back into the payer's wallet.
    pub fn refund(deal: &Deal) -> Self {
        Self::of(deal, EntryKind::Refund, transfer(Account::Escrow, deal.payer, Account::Wallet, deal.payer, deal.amount))
    }

    /// From pending payout into the payee's wallet.
    pub fn maturity(deal: &Deal) -> Result<Self, Fault> {
        let legs = transfer(Account::PendingPayout, deal.payee, Account::Wallet, deal.payee, deal.payout()?);
        Ok(Self::of(deal, EntryKind::Maturity, legs))
    }

    fn of(deal: &Deal, kind: EntryKind, legs: impl IntoIterator<Item = Leg>) -> Self {
        Self::new(kind, &deal.reference, &deal.title, deal.amount.currency(), legs)
    }

    /// Legs that move nothing are left out: a fee may be zero, and so may a whole deal.
    fn new(kind: EntryKind, reference: &str, title: &str, currency: Currency, legs: impl IntoIterator<Item = Leg>) -> Self {
        let legs = legs.into_iter().filter(|leg| leg.minor != 0).collect();
        Self { kind, reference: reference.to_owned(), title: title.to_owned(), currency, legs }
    }
}

fn transfer(from: Account, payer: Id<User>, to: Account, payee: Id<User>, amount: Money) -> [Leg; 2] {
    let minor = amount.minor();
    [Leg { account: from, owner: payer, minor: -minor }, Leg { account: to, owner: payee, minor }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{provider::Provider, top_up::TopUpState};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn deal(amount: i64, fee: i64, payee: u128) -> Deal {
        let money = |minor| Money::new(minor, Currency::TZS);
        Deal {
            id: Id::from_uuid(Uuid::from_u128(9)),
            reference: "ord_1".into(),
            payer: Id::from_uuid(Uuid::from_u128(1)),
            payee: Id::from_uuid(Uuid::from_u128(payee)),
            domain: "commerce".into(),
            amount: money(amount),
            fee_base: money(amount),
            fee: money(fee),
            title: "Kitenge dress".into(),
        }
    }

    proptest! {
        #[test]
        fn m1_every_movement_sums_to_zero_over_distinct_accounts(fee in 0..=Money::MAX_MINOR, rest in 0..=Money::MAX_MINOR, payee in 1..3_u128) {
            let deal = deal(fee + rest, fee, payee);
            let top_up = TopUp {
                id: Id::from_uuid(Uuid::from_u128(1)),
                reference: "top_1".into(),
                user: deal.payer,
                provider: Provider::Sandbox,
                amount: deal.amount,
                state: TopUpState::Pending,
            };
            let movements = [
                Movement::top_up(&top_up),
                Movement::payment(&deal),
                Movement::sale(&deal).unwrap(),
                Movement::refund(&deal),
                Movement::maturity(&deal).unwrap(),
            ];
            for movement in movements {
                prop_assert_eq!(movement.legs.iter().map(|leg| leg.minor).sum::<i64>(), 0);
                let mut accounts: Vec<_> = movement.legs.iter().map(|leg| (leg.account, leg.owner)).collect();
                accounts.sort_unstable();
                accounts.dedup();
                prop_assert_eq!(accounts.len(), movement.legs.len());
            }
        }
    }

    #[test]
    fn a_deal_without_a_fee_posts_none_and_a_deal_of_nothing_posts_nothing() {
        assert_eq!(Movement::sale(&deal(100, 0, 2)).unwrap().legs.len(), 2);
        assert_eq!(Movement::sale(&deal(100, 100, 2)).unwrap().legs.len(), 2);
        assert!(Movement::payment(&deal(0, 0, 2)).legs.is_empty());
    }
}
