//! An order on its axes: the deal itself, its money, its goods (C12).

use contracts::{
    commerce::{CancelledBy, OrderHead},
    ids,
};
use kernel::{Id, Machine, Move, Timestamp, User};

use super::{price::Quote, terms};
use crate::fault::Refusal;

kernel::named! {
    /// Where the deal stands.
    pub OrderState {
        Open = "open",
        Completed = "completed",
        Cancelled = "cancelled",
    }
}
kernel::named! {
    /// Where its money is.
    pub Payment {
        Held = "held",
        Released = "released",
        Refunded = "refunded",
    }
}
kernel::named! {
    /// Where its goods are.
    pub Fulfilment {
        Waiting = "waiting",
        Accepted = "accepted",
        Shipped = "shipped",
        Delivered = "delivered",
    }
}
kernel::named! {
    /// Nothing can be disputed yet.
    pub Dispute {
        None = "none",
    }
}
use Fulfilment::{Accepted, Delivered, Shipped, Waiting};
use OrderState::{Cancelled, Completed, Open};
use Payment::{Held, Refunded, Released};

/// Who moves an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Buyer,
    Seller,
    Clock,
    /// Payment's facts.
    Payment,
}

const fn step<S: Copy>(verb: &'static str, from: S, to: S, by: By) -> Move<S, By> {
    Move { verb, from, to, by, guard: "" }
}

const fn guarded<S: Copy>(verb: &'static str, from: S, to: S, by: By, guard: &'static str) -> Move<S, By> {
    Move { verb, from, to, by, guard }
}

/// The deal. This table names every verb; a verb moves all axes that name it, or none.
pub const ORDER: Machine<OrderState, By> = Machine {
    name: "order",
    moves: &[
        step("accept", Open, Open, By::Seller),
        step("ship", Open, Open, By::Seller),
        guarded("deliver", Open, Open, By::Seller, "with the buyer's hand-over code"),
        step("confirm", Open, Open, By::Buyer),
        guarded("confirm", Open, Open, By::Clock, "the grace after the promised day is over"),
        step("renew_code", Open, Open, By::Buyer),
        guarded("extend", Open, Open, By::Buyer, "once"),
        step("cancel", Open, Cancelled, By::Buyer),
        step("cancel", Open, Cancelled, By::Seller),
        guarded("cancel", Open, Cancelled, By::Clock, "48 hours without an answer, or the ship-by date is over"),
        step("release", Open, Completed, By::Payment),
        step("refund", Cancelled, Cancelled, By::Payment),
    ],
};

/// The money.
pub const PAYMENT: Machine<Payment, By> = Machine {
    name: "payment",
    moves: &[step("release", Held, Released, By::Payment), step("refund", Held, Refunded, By::Payment)],
};

/// The goods.
pub const FULFILMENT: Machine<Fulfilment, By> = Machine {
    name: "fulfilment",
    moves: &[
        step("accept", Waiting, Accepted, By::Seller),
        step("ship", Waiting, Shipped, By::Seller),
        step("ship", Accepted, Shipped, By::Seller),
        step("deliver", Shipped, Delivered, By::Seller),
        step("confirm", Shipped, Delivered, By::Buyer),
        step("confirm", Shipped, Delivered, By::Clock),
        step("renew_code", Shipped, Shipped, By::Buyer),
        step("extend", Shipped, Shipped, By::Buyer),
        step("cancel", Waiting, Waiting, By::Buyer),
        step("cancel", Accepted, Accepted, By::Buyer),
        step("cancel", Waiting, Waiting, By::Seller),
        step("cancel", Accepted, Accepted, By::Seller),
        step("cancel", Waiting, Waiting, By::Clock),
        step("cancel", Accepted, Accepted, By::Clock),
        step("release", Delivered, Delivered, By::Payment),
    ],
};

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axes {
    pub state: OrderState,
    pub payment: Payment,
    pub fulfilment: Fulfilment,
}

/// When the clock moves an order by itself.
#[derive(Debug, Clone, Copy)]
pub struct Deadlines {
    pub accept: Timestamp,
    pub ship: Option<Timestamp>,
    pub confirm: Option<Timestamp>,
}

impl Axes {
    /// Takes `verb` on every axis that names it.
    pub fn take(self, verb: &str, by: By) -> Result<Self, Refusal> {
        self.moved(verb, by).ok_or_else(|| {
            let ever = ORDER.moves.iter().any(|m| m.verb == verb && m.by == by);
            if ever { Refusal::MovedOn } else { Refusal::NotYourMove }
        })
    }

    fn moved(self, verb: &str, by: By) -> Option<Self> {
        Some(Self {
            state: ORDER.step(self.state, verb, by)?,
            payment: along(&PAYMENT, self.payment, verb, by)?,
            fulfilment: along(&FULFILMENT, self.fulfilment, verb, by)?,
        })
    }

    /// The move a deadline asks for at `now`.
    pub fn due(self, now: Timestamp, deadlines: Deadlines) -> Option<&'static str> {
        let verb = match self.fulfilment {
            Waiting if deadlines.accept <= now => "cancel",
            Accepted if deadlines.ship.is_some_and(|ship_by| ship_by <= now) => "cancel",
            Shipped if deadlines.confirm.is_some_and(|confirm_by| confirm_by <= now) => "confirm",
            _ => return None,
        };
        self.moved(verb, By::Clock).map(|_| verb)
    }

    /// What it reads as at `now`: a deadline counts whether or not anybody has swept (X4).
    pub fn at(self, now: Timestamp, deadlines: Deadlines) -> Self {
        self.due(now, deadlines).and_then(|verb| self.moved(verb, By::Clock)).unwrap_or(self)
    }
}

/// Steps an axis whose table names `verb`; any other stays where it is.
fn along<S: Copy + PartialEq>(axis: &Machine<S, By>, from: S, verb: &str, by: By) -> Option<S> {
    if axis.moves.iter().any(|m| m.verb == verb) { axis.step(from, verb, by) } else { Some(from) }
}

/// An order as the store keeps it.
#[derive(Debug)]
pub struct Order {
    pub id: Id<ids::Order>,
    /// Counts the changes of this order.
    pub version: i64,
    pub shop: Id<ids::Shop>,
    pub shop_name: String,
    pub seller: Id<User>,
    pub buyer: Id<User>,
    pub variant: Id<ids::Variant>,
    pub title: String,
    pub quantity: i64,
    pub quote: Quote,
    pub state: OrderState,
    pub payment: Payment,
    pub fulfilment: Fulfilment,
    pub carrier: Option<String>,
    pub tracking: Option<String>,
    /// Sealed.
    pub code: Option<Vec<u8>>,
    pub misses: i64,
    pub accept_by: Timestamp,
    pub ship_by: Option<Timestamp>,
    pub shipped_at: Option<Timestamp>,
    pub confirm_by: Option<Timestamp>,
    pub extended_at: Option<Timestamp>,
    pub delivered_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub cancelled_by: Option<CancelledBy>,
}

impl Order {
    /// Who called it off, by name.
    pub fn canceller(&self) -> Option<&'static str> {
        self.cancelled_by.map(CancelledBy::name)
    }

    /// Whether somebody had the goods in their hands only after the promised day. Where the clock had to say so, nobody knows.
    pub fn is_late(&self) -> bool {
        let Some((shipped, delivered)) = self.shipped_at.zip(self.delivered_at) else { return false };
        delivered > shipped.plus(terms::PROMISED_WITHIN) && self.confirm_by.is_none_or(|end| delivered < end)
    }

    /// Which side of the order somebody is on.
    pub fn side_of(&self, user: Id<User>) -> Option<By> {
        match user {
            user if user == self.buyer => Some(By::Buyer),
            user if user == self.seller => Some(By::Seller),
            _ => None,
        }
    }

    pub fn axes(&self) -> Axes {
        Axes { state: self.state, payment: self.payment, fulfilment: self.fulfilment }
    }

    /// The move a deadline asks for at `now`.
    pub fn due(&self, now: Timestamp) -> Option<&'static str> {
        self.axes().due(now, self.deadlines())
    }

    /// Where a move would lead. What a deadline has decided, no person changes any more.
    pub fn may(&self, verb: &str, by: By, now: Timestamp) -> Result<Axes, Refusal> {
        let from = match by {
            By::Buyer | By::Seller => self.axes().at(now, self.deadlines()),
            By::Clock | By::Payment => self.axes(),
        };
        from.take(verb, by)
    }

    /// Takes a move.
    pub fn take(&mut self, verb: &str, by: By, now: Timestamp) -> Result<(), Refusal> {
        let to = self.may(verb, by, now)?;
        (self.state, self.payment, self.fulfilment) = (to.state, to.payment, to.fulfilment);
        self.version += 1;
        Ok(())
    }

    /// What every fact says about it.
    pub fn head(&self) -> OrderHead {
        OrderHead {
            order: self.id,
            version: self.version,
            shop: self.shop,
            shop_name: self.shop_name.clone(),
            seller: self.seller,
            buyer: self.buyer,
            title: self.title.clone(),
            quantity: self.quantity,
            total: self.quote.total,
        }
    }

    fn deadlines(&self) -> Deadlines {
        Deadlines { accept: self.accept_by, ship: self.ship_by, confirm: self.confirm_by }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const START: Axes = Axes { state: Open, payment: Held, fulfilment: Waiting };

    #[test]
    fn x7_the_readme_shows_the_tables() {
        for table in [ORDER.table(), PAYMENT.table(), FULFILMENT.table()] {
            assert!(include_str!("../../README.md").contains(&table), "{table}");
        }
    }

    #[test]
    fn x7_the_order_table_names_every_verb() {
        let verbs = PAYMENT.moves.iter().map(|m| (m.verb, m.by)).chain(FULFILMENT.moves.iter().map(|m| (m.verb, m.by)));
        for (verb, by) in verbs {
            assert!(ORDER.moves.iter().any(|m| (m.verb, m.by) == (verb, by)), "{verb} {by:?}");
        }
    }

    proptest! {
        #[test]
        fn x7_no_walk_parts_the_money_from_the_goods(steps in prop::collection::vec(prop::sample::select(ORDER.moves), 0..60)) {
            let mut axes = START;
            for step in steps {
                let Ok(next) = axes.take(step.verb, step.by) else { continue };
                prop_assert!(next.fulfilment as u8 >= axes.fulfilment as u8, "goods never go back: {axes:?} {next:?}");
                prop_assert!(axes.payment == Held || next.payment == axes.payment, "money moves once");
                prop_assert_eq!(next.state == Completed, next.payment == Released);
                prop_assert!(next.payment != Released || next.fulfilment == Delivered);
                prop_assert!(next.payment != Refunded || next.state == Cancelled);
                prop_assert!(next.state != Cancelled || matches!(next.fulfilment, Waiting | Accepted));
                axes = next;
            }
        }

        #[test]
        fn x4_reading_late_is_the_same_as_sweeping(accept_by in 0..9_i64, ship_by in prop::option::of(0..9_i64),
            confirm_by in prop::option::of(0..9_i64), now in 0..9_i64,
            steps in prop::collection::vec(prop::sample::select(ORDER.moves), 0..9)) {
            let at = Timestamp::from_microsecond;
            let deadlines = Deadlines { accept: at(accept_by), ship: ship_by.map(at), confirm: confirm_by.map(at) };
            let axes = steps.iter().fold(START, |axes, step| axes.take(step.verb, step.by).unwrap_or(axes));
            let swept = axes.due(at(now), deadlines).map_or(axes, |verb| axes.take(verb, By::Clock).unwrap());
            prop_assert_eq!(axes.at(at(now), deadlines), swept);
            prop_assert_eq!(swept.due(at(now), deadlines), None);
        }
    }

    #[test]
    fn c12_the_wrong_side_is_told_apart_from_the_wrong_time() {
        assert_eq!(START.take("accept", By::Buyer), Err(Refusal::NotYourMove));
        assert_eq!(START.take("confirm", By::Buyer), Err(Refusal::MovedOn));
        assert_eq!(START.take("fly", By::Buyer), Err(Refusal::NotYourMove));
    }
}
