//! A delivery: waiting until it is sent, too late, or impossible.

use kernel::{Machine, Move, Standing, Timestamp};

use super::kind::Matter;

kernel::named! {
    /// Where a delivery stands.
    pub DeliveryState {
        Waiting = "waiting",
        Sent = "sent",
        Expired = "expired",
        Failed = "failed",
    }
}

/// Who moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The job that delivers.
    Worker,
    /// The hourly look at what a worker never came to.
    Clock,
}

/// Every move of a delivery (X7).
pub const DELIVERY: Machine<DeliveryState, By> = Machine {
    name: "delivery",
    moves: &[
        Move {
            verb: "send",
            from: DeliveryState::Waiting,
            to: DeliveryState::Sent,
            by: By::Worker,
            guard: "a transport took it",
        },
        Move {
            verb: "wait",
            from: DeliveryState::Waiting,
            to: DeliveryState::Waiting,
            by: By::Worker,
            guard: "its carrier says later, or nothing; for a day",
        },
        Move {
            verb: "expire",
            from: DeliveryState::Waiting,
            to: DeliveryState::Expired,
            by: By::Worker,
            guard: "its time is over",
        },
        Move {
            verb: "expire",
            from: DeliveryState::Waiting,
            to: DeliveryState::Expired,
            by: By::Clock,
            guard: "its time is over",
        },
        Move {
            verb: "fail",
            from: DeliveryState::Waiting,
            to: DeliveryState::Failed,
            by: By::Worker,
            guard: "nobody may have it, its carrier refuses it, or there is none",
        },
    ],
};

/// What carries a channel's messages out of the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// Development mode: the page `/dev/outbox`.
    DevOutbox,
    /// A mail server, or an aggregator of SMS.
    Carrier,
    /// Development mode beside a real one: the page shows what it carries.
    Both,
    /// None is configured.
    Missing,
}

impl Transport {
    /// Whether the development outbox shows it.
    pub fn is_shown(self) -> bool {
        matches!(self, Self::DevOutbox | Self::Both)
    }

    /// Whether it really leaves.
    pub fn is_carried(self) -> bool {
        matches!(self, Self::Carrier | Self::Both)
    }
}

/// What decides at the moment of sending.
#[derive(Debug, Clone, Copy)]
pub struct Due {
    pub matter: Matter,
    pub expires_at: Option<Timestamp>,
    /// `None` for a code: it goes to where it was asked.
    pub recipient: Option<Standing>,
    /// The other person it speaks of.
    pub about: Option<Standing>,
    /// Whether its reader is told nothing of that person any more.
    pub silenced: bool,
    /// Whether it is about several things of which none is left to tell, or its reader has no address any more.
    pub nothing_left: bool,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Send,
    Expire,
    Fail(&'static str),
}

impl Verdict {
    /// It could go, and nothing carries it.
    pub const STRANDED: Self = Self::Fail("no transport is configured");

    pub fn verb(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Expire => "expire",
            Self::Fail(_) => "fail",
        }
    }

    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::Fail(reason) => Some(reason),
            Self::Send | Self::Expire => None,
        }
    }
}

/// Decides at the moment of sending (N6). A locked account still hears of its own money.
pub fn judge(due: &Due, now: Timestamp, transport: Transport) -> Verdict {
    let critical = due.matter.is_critical();
    if due.expires_at.is_some_and(|end| end <= now) {
        return Verdict::Expire;
    }
    if due.silenced {
        return Verdict::Fail("its reader hears nothing of the person it speaks of");
    }
    if due.nothing_left {
        return Verdict::Fail("there is nobody left to tell, or to tell of");
    }
    match (due.recipient, due.about, transport) {
        (Some(Standing::Erased), _, _) => Verdict::Fail("the account is erased"),
        (Some(Standing::Locked), _, _) if !critical => Verdict::Fail("the account is locked"),
        (_, Some(Standing::Locked | Standing::Erased), _) => Verdict::Fail("the person it speaks of is gone"),
        (_, _, Transport::Missing) => Verdict::STRANDED,
        (_, _, Transport::DevOutbox | Transport::Carrier | Transport::Both) => Verdict::Send,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::model::kind::Kind;
    use proptest::prelude::*;

    const NOW: i64 = 1_000_000_000;

    fn due(matter: Matter, recipient: Option<Standing>) -> Due {
        Due { matter, expires_at: None, recipient, about: None, silenced: false, nothing_left: false }
    }

    fn judged(due: Due) -> Verdict {
        judge(&due, Timestamp::from_microsecond(NOW), Transport::DevOutbox)
    }

    #[test]
    fn x7_the_readme_shows_the_machine() {
        assert!(include_str!("../../README.md").contains(&DELIVERY.table()));
    }

    #[test]
    fn x13_at_its_end_a_code_is_too_late() {
        let now = Timestamp::from_microsecond(NOW);
        for (end, verdict) in [(now, Verdict::Expire), (now.plus(Duration::from_micros(1)), Verdict::Send)] {
            assert_eq!(judged(Due { expires_at: Some(end), ..due(Matter::Code, None) }), verdict);
        }
    }

    #[test]
    fn n6_a_locked_account_hears_of_its_money_and_an_erased_one_of_nothing() {
        for kind in Kind::ALL.iter().copied() {
            let sent = judged(due(Matter::Notice(kind), Some(Standing::Locked))) == Verdict::Send;
            assert_eq!(sent, kind.name().starts_with("payment."), "{kind:?}");
            assert!(matches!(judged(due(Matter::Notice(kind), Some(Standing::Erased))), Verdict::Fail(_)));
            assert_eq!(judged(due(Matter::Notice(kind), Some(Standing::Open))), Verdict::Send);
        }
        let about = Due { about: Some(Standing::Locked), ..due(Matter::Notice(Kind::NewFollower), Some(Standing::Open)) };
        assert!(matches!(judged(about), Verdict::Fail(_)));
        let silenced = Due { silenced: true, ..due(Matter::Notice(Kind::NewFollower), Some(Standing::Open)) };
        assert!(matches!(judged(silenced), Verdict::Fail(_)));
    }

    #[test]
    fn without_a_transport_nothing_is_sent() {
        let verdict = judge(&due(Matter::Code, None), Timestamp::from_microsecond(NOW), Transport::Missing);
        assert_eq!(verdict.reason(), Some("no transport is configured"));
    }

    proptest! {
        #[test]
        fn x7_a_delivery_ends_once_and_as_it_was_judged(walk in prop::collection::vec((0..4_usize, any::<bool>()), 0..12)) {
            let mut state = DeliveryState::Waiting;
            let mut moved = 0_usize;
            for (verb, worker) in walk {
                let verb = ["send", "expire", "fail", "wait"][verb];
                if let Some(next) = DELIVERY.step(state, verb, if worker { By::Worker } else { By::Clock }) {
                    prop_assert!(state == DeliveryState::Waiting && (next == DeliveryState::Waiting) == (verb == "wait"));
                    prop_assert!(worker || next == DeliveryState::Expired, "the clock only expires");
                    moved += usize::from(next != DeliveryState::Waiting);
                    state = next;
                }
            }
            prop_assert!(moved <= 1);
        }
    }
}
