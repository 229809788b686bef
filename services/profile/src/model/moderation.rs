//! Cases: what is reported, who may decide it, and who may ask for another look (P8).

use std::time::Duration;

use contracts::{
    ids::{Post, Product, Shop},
    profile::{CaseParty, Outcome, Relationship, ReportReason, ThingKind},
};
use kernel::{Id, Machine, Move, Timestamp, User};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::held::Held;
use crate::fault::CaseRefusal;

/// How long a decision can be appealed.
pub const APPEAL_WITHIN: Duration = Duration::from_hours(30 * 24);
/// How long what was reported, and in which words, is kept from the first report on.
pub const EXHIBITED_FOR: Duration = Duration::from_hours(365 * 24);
/// How many things one person may report in 24 hours.
pub const REPORTS_A_DAY: i64 = 30;

/// What a report is about: one of these, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    User(Id<User>),
    Post(Id<Post>),
    Product(Id<Product>),
    Shop(Id<Shop>),
}

impl Thing {
    /// As it is kept.
    pub fn of(kind: ThingKind, id: uuid::Uuid) -> Self {
        match kind {
            ThingKind::User => Self::User(Id::from_uuid(id)),
            ThingKind::Post => Self::Post(Id::from_uuid(id)),
            ThingKind::Product => Self::Product(Id::from_uuid(id)),
            ThingKind::Shop => Self::Shop(Id::from_uuid(id)),
        }
    }

    /// As an address names it.
    pub fn named(kind: &str, id: &str) -> Option<Self> {
        Some(match ThingKind::named(kind)? {
            ThingKind::User => Self::User(id.parse().ok()?),
            ThingKind::Post => Self::Post(id.parse().ok()?),
            ThingKind::Product => Self::Product(id.parse().ok()?),
            ThingKind::Shop => Self::Shop(id.parse().ok()?),
        })
    }

    pub fn kind(self) -> ThingKind {
        match self {
            Self::User(_) => ThingKind::User,
            Self::Post(_) => ThingKind::Post,
            Self::Product(_) => ThingKind::Product,
            Self::Shop(_) => ThingKind::Shop,
        }
    }

    /// Whether whoever stands so to its owner sees it (X6).
    pub fn is_seen(self, stands: &Relationship) -> bool {
        if matches!(self, Self::Post(_)) { stands.content } else { stands.visible }
    }

    /// Where people find it.
    pub fn place(self) -> String {
        match self {
            Self::User(id) => format!("/users/{id}"),
            Self::Post(id) => format!("/posts/{id}"),
            Self::Product(id) => format!("/products/{id}"),
            Self::Shop(id) => format!("/shops/{id}"),
        }
    }

    pub fn uuid(self) -> uuid::Uuid {
        match self {
            Self::User(id) => id.uuid(),
            Self::Post(id) => id.uuid(),
            Self::Product(id) => id.uuid(),
            Self::Shop(id) => id.uuid(),
        }
    }
}

kernel::named! {
    /// Where a case stands.
    pub CaseState {
        /// Reported, and not decided.
        Open = "open",
        Decided = "decided",
        /// Somebody it concerns asked for another look.
        Appealed = "appealed",
        /// Decided for good.
        Closed = "closed",
    }
}

kernel::named! {
    /// What was done about a case.
    pub Deed {
        Reported = "reported",
        Took = "took",
        Released = "released",
        Decided = "decided",
        Appealed = "appealed",
        DecidedAgain = "decided_again",
    }
}

/// Who moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Moderator,
    /// Whom a decision goes against: the owner, or a reporter where nothing came of it.
    Party,
}

pub const DECIDE: &str = "decide";
pub const APPEAL: &str = "appeal";
pub const TURN: &str = "turn";
pub const CLOSE: &str = "close";

/// Every move of a case (X7).
pub const CASE: Machine<CaseState, By> = Machine {
    name: "case",
    moves: &[
        Move {
            verb: DECIDE,
            from: CaseState::Open,
            to: CaseState::Decided,
            by: By::Moderator,
            guard: "took it, and is no party",
        },
        Move { verb: APPEAL, from: CaseState::Decided, to: CaseState::Appealed, by: By::Party, guard: "within 30 days" },
        Move {
            verb: TURN,
            from: CaseState::Appealed,
            to: CaseState::Decided,
            by: By::Moderator,
            guard: "another one than before; a reporter's appeal goes against the owner, who can appeal it",
        },
        Move {
            verb: CLOSE,
            from: CaseState::Appealed,
            to: CaseState::Closed,
            by: By::Moderator,
            guard: "another one than before",
        },
    ],
};

/// How long it can wait: 0 not at all.
pub fn priority(reason: ReportReason) -> i16 {
    match reason {
        ReportReason::ChildSafety | ReportReason::SelfHarm | ReportReason::Violence => 0,
        ReportReason::Scam
        | ReportReason::Harassment
        | ReportReason::Hate
        | ReportReason::Sexual
        | ReportReason::Prohibited
        | ReportReason::Impersonation => 1,
        ReportReason::Spam | ReportReason::Counterfeit | ReportReason::Other => 2,
    }
}

/// A report as it comes.
#[derive(Debug)]
pub struct NewReport<'a> {
    pub reporter: Id<User>,
    pub reason: ReportReason,
    pub words: &'a str,
}

/// What a moderator decides.
#[derive(Debug)]
pub struct Verdict<'a> {
    pub moderator: Id<User>,
    pub outcome: Outcome,
    /// The rule it breaks.
    pub reason: Option<ReportReason>,
    pub statement: &'a str,
}

impl Verdict<'_> {
    /// The rule's name, as it is kept.
    pub fn rule(&self) -> Option<&'static str> {
        self.reason.map(ReportReason::name)
    }
}

/// A decision there is.
#[derive(Debug, Clone)]
pub struct Decided {
    pub moderator: Id<User>,
    pub outcome: Outcome,
    pub at: Timestamp,
}

/// A case as it is decided.
#[derive(Debug)]
pub struct Case {
    pub thing: Thing,
    pub owner: Id<User>,
    pub state: CaseState,
    pub held: Held,
    /// What was decided, the last of it last.
    pub decided: Vec<Decided>,
    /// Who appealed the last decision.
    pub appealed_by: Option<Id<User>>,
}

impl Case {
    /// Owners learn of what was decided against them, and of nothing else: a report that comes to nothing is none of theirs.
    pub fn is_known_to_owner(&self) -> bool {
        self.decided.iter().any(|one| one.outcome != Outcome::Kept)
    }

    /// Whether this moderator may take it on; nobody decides what they have decided already.
    pub fn may_be_taken(&self, moderator: Id<User>, now: Timestamp) -> Result<(), CaseRefusal> {
        if !matches!(self.state, CaseState::Open | CaseState::Appealed) {
            return Err(CaseRefusal::CaseSettled);
        }
        if self.decided.iter().any(|one| one.moderator == moderator) {
            return Err(CaseRefusal::CaseOwn);
        }
        if self.held.is_free_for(moderator, now) { Ok(()) } else { Err(CaseRefusal::CaseTaken) }
    }

    /// What it becomes when this moderator decides it so. Whoever a decision goes against for the first time can still appeal.
    pub fn decide(&self, moderator: Id<User>, outcome: Outcome, now: Timestamp) -> Result<CaseState, CaseRefusal> {
        let verb = match self.state {
            CaseState::Appealed if outcome != Outcome::Kept && self.appealed_by != Some(self.owner) => TURN,
            CaseState::Appealed => CLOSE,
            _ => DECIDE,
        };
        let next = CASE.step(self.state, verb, By::Moderator).ok_or(CaseRefusal::CaseSettled)?;
        if self.held.by(now) == Some(moderator) { Ok(next) } else { Err(CaseRefusal::CaseNotTaken) }
    }

    /// What it becomes when this party appeals.
    pub fn appeal(&self, party: CaseParty, now: Timestamp) -> Result<CaseState, CaseRefusal> {
        let last = self.decided.last().ok_or(CaseRefusal::NoAppeal)?;
        let until = appeal_until(party, last.outcome, last.at).filter(|until| *until > now);
        CASE.step(self.state, APPEAL, By::Party).filter(|_| until.is_some()).ok_or(CaseRefusal::NoAppeal)
    }
}

/// Until when a party may appeal a decision; never against what they wanted.
pub fn appeal_until(party: CaseParty, outcome: Outcome, decided_at: Timestamp) -> Option<Timestamp> {
    let goes_against = match party {
        CaseParty::Owner => outcome != Outcome::Kept,
        CaseParty::Reporter => outcome == Outcome::Kept,
    };
    goes_against.then(|| decided_at.plus(APPEAL_WITHIN))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn user(number: u128) -> Id<User> {
        Id::from_uuid(uuid::Uuid::from_u128(number))
    }

    fn at(hours: u64) -> Timestamp {
        Timestamp::from_microsecond(1_795_420_800_000_000).plus(Duration::from_hours(hours))
    }

    fn case(state: CaseState, first: Option<(u128, Outcome)>) -> Case {
        let decided =
            first.map(|(number, outcome)| Decided { moderator: user(number), outcome, at: at(0) }).into_iter().collect();
        Case { thing: Thing::User(user(1)), owner: user(1), state, held: Held(None), decided, appealed_by: None }
    }

    #[test]
    fn x7_the_readme_shows_the_machine() {
        assert!(include_str!("../../README.md").contains(&CASE.table()), "{}", CASE.table());
    }

    #[test]
    fn p8_a_case_is_taken_by_one_moderator_who_did_not_decide_it() {
        let mut open = case(CaseState::Open, None);
        assert_eq!(open.may_be_taken(user(5), at(0)), Ok(()));
        open.held = Held(Some((user(5), at(24))));
        assert_eq!(open.may_be_taken(user(6), at(23)), Err(CaseRefusal::CaseTaken));
        assert_eq!(open.may_be_taken(user(5), at(23)), Ok(()), "their own");
        assert_eq!(open.may_be_taken(user(6), at(24)), Ok(()), "their time has passed");
        let decide = |by, hours| open.decide(user(by), Outcome::Kept, at(hours));
        assert_eq!(decide(5, 24), Err(CaseRefusal::CaseNotTaken), "their time has passed");
        assert_eq!(decide(5, 23), Ok(CaseState::Decided));
        assert_eq!(decide(6, 23), Err(CaseRefusal::CaseNotTaken));
        let appealed = case(CaseState::Appealed, Some((5, Outcome::Kept)));
        assert_eq!(appealed.may_be_taken(user(5), at(1)), Err(CaseRefusal::CaseOwn), "who decided it first");
        assert_eq!(appealed.may_be_taken(user(6), at(1)), Ok(()));
        for state in [CaseState::Decided, CaseState::Closed] {
            assert_eq!(case(state, Some((5, Outcome::Kept))).may_be_taken(user(6), at(1)), Err(CaseRefusal::CaseSettled));
        }
    }

    #[test]
    fn p8_only_whom_a_decision_goes_against_appeals_once_and_in_time() {
        let table = [
            (CaseParty::Owner, Outcome::Kept, false),
            (CaseParty::Owner, Outcome::Warned, true),
            (CaseParty::Owner, Outcome::Withheld, true),
        ];
        for (party, outcome, may) in table {
            let decided = case(CaseState::Decided, Some((5, outcome)));
            assert_eq!(decided.appeal(party, at(1)).is_ok(), may, "{party:?} {outcome:?}");
            assert_eq!(decided.appeal(CaseParty::Reporter, at(1)).is_ok(), !may, "reporter {outcome:?}");
            assert_eq!(decided.appeal(party, at(30 * 24)), Err(CaseRefusal::NoAppeal), "too late");
            assert_eq!(case(CaseState::Closed, Some((5, outcome))).appeal(party, at(1)), Err(CaseRefusal::NoAppeal), "again");
        }
        assert_eq!(case(CaseState::Open, None).appeal(CaseParty::Owner, at(1)), Err(CaseRefusal::NoAppeal), "nothing to appeal");
    }

    proptest! {
        /// Whatever is decided and whoever appeals: nobody decides twice, each side appeals at most once, and who has never been
        /// decided against can always appeal when they are.
        #[test]
        fn p8_a_case_ends_and_each_side_has_had_its_appeal(
            walk in prop::collection::vec((0..3_usize, any::<bool>(), 5..12_u128), 0..40)
        ) {
            let mut case = case(CaseState::Open, None);
            let (mut appeals, mut steps) = ([0, 0], 0);
            for (outcome, is_owners, moderator) in walk {
                let party = if is_owners { CaseParty::Owner } else { CaseParty::Reporter };
                if let Ok(state) = case.appeal(party, at(1)) {
                    appeals[usize::from(is_owners)] += 1;
                    case.appealed_by = Some(user(if is_owners { 1 } else { 2 }));
                    case.state = state;
                }
                if case.may_be_taken(user(moderator), at(1)).is_ok() {
                    case.held = Held(Some((user(moderator), at(2))));
                    let outcome = Outcome::ALL[outcome];
                    case.state = case.decide(user(moderator), outcome, at(1)).unwrap();
                    case.held = Held(None);
                    prop_assert!(case.decided.iter().all(|one| one.moderator != user(moderator)));
                    case.decided.push(Decided { moderator: user(moderator), outcome, at: at(0) });
                    steps += 1;
                    if outcome != Outcome::Kept && appeals[1] == 0 {
                        prop_assert_eq!(case.state, CaseState::Decided, "the owner can appeal");
                    }
                }
            }
            prop_assert!(appeals.iter().all(|count| *count <= 1) && steps <= 3, "{:?} {}", appeals, steps);
        }
    }
}
