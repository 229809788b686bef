//! Petitions: what people ask moderators about themselves, and what is verified of them (P5, P6).

use std::time::Duration;

use contracts::profile::{Badge, PetitionOutcome, PetitionReason};
use kernel::{Id, Machine, Move, Timestamp, User};

use super::held::Held;
use crate::fault::PetitionRefusal;

/// How long what was handed in is kept once it is decided.
pub const KEPT_FOR: Duration = Duration::from_hours(90 * 24);
/// How long documents may take to arrive.
pub const ARRIVES_WITHIN: Duration = Duration::from_hours(1);
/// How many documents one petition may have.
pub const MOST_DOCUMENTS: usize = 4;
/// How many deals one petition may question.
pub const MOST_DEALS: usize = 20;
/// How many petitions about one thing somebody may make in 30 days.
pub const MOST_PETITIONS: i64 = 3;
/// Those days.
pub const COUNTED_FOR: Duration = Duration::from_hours(30 * 24);
/// How many documents of one person may be on their way, and so how many bytes nobody has asked for.
pub const MOST_ARRIVING: i64 = 12;

kernel::named! {
    /// What a petition asks for.
    pub About {
        /// To be verified as the person one is.
        Person = "person",
        /// As a registered business.
        Business = "business",
        /// As a public body or institution.
        Official = "official",
        /// To look at deals that count against one's trust.
        Trust = "trust",
    }
}

impl About {
    /// What is shown of somebody who is granted it.
    pub fn badge(self) -> Option<Badge> {
        match self {
            Self::Person => Some(Badge::Person),
            Self::Business => Some(Badge::Business),
            Self::Official => Some(Badge::Official),
            Self::Trust => None,
        }
    }
}

impl From<Badge> for About {
    fn from(badge: Badge) -> Self {
        match badge {
            Badge::Person => Self::Person,
            Badge::Business => Self::Business,
            Badge::Official => Self::Official,
        }
    }
}

kernel::named! {
    /// Where a petition stands.
    pub PetitionState {
        /// It waits for a moderator.
        Submitted = "submitted",
        Approved = "approved",
        Rejected = "rejected",
        /// It was approved, and was taken back.
        Revoked = "revoked",
        /// Whoever made it has thought better of it.
        Withdrawn = "withdrawn",
    }
}

kernel::named! {
    /// What was done about a petition.
    pub PetitionDeed {
        Submitted = "submitted",
        Withdrew = "withdrew",
        Took = "took",
        Released = "released",
        /// A document of it, for a reason that is said.
        Opened = "opened",
        Approved = "approved",
        Rejected = "rejected",
        Revoked = "revoked",
    }
}

impl From<PetitionOutcome> for PetitionDeed {
    fn from(outcome: PetitionOutcome) -> Self {
        match outcome {
            PetitionOutcome::Approved => Self::Approved,
            PetitionOutcome::Rejected => Self::Rejected,
            PetitionOutcome::Revoked => Self::Revoked,
        }
    }
}

kernel::named! {
    /// What a document is.
    pub DocumentFormat {
        Jpeg = "jpeg",
        Png = "png",
        Webp = "webp",
        Pdf = "pdf",
    }
}

impl DocumentFormat {
    /// Its media type (RFC 2046).
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }
}

impl About {
    /// The key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Person => "verify-person",
            Self::Business => "verify-business",
            Self::Official => "verify-official",
            Self::Trust => "review-title",
        }
    }
}

impl PetitionState {
    /// The key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Submitted => "petition-submitted",
            Self::Approved => "petition-approved",
            Self::Rejected => "petition-rejected",
            Self::Revoked => "petition-revoked",
            Self::Withdrawn => "petition-taken-back",
        }
    }
}

/// Who moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mover {
    /// Whoever made it.
    Petitioner,
    Moderator,
}

pub const APPROVE: &str = "approve";
pub const REJECT: &str = "reject";
pub const WITHDRAW: &str = "withdraw";
pub const REVOKE: &str = "revoke";
pub const REPLACE: &str = "replace";

const TAKEN: &str = "took it, and is no party; another one than who refused the last";

/// Every move of a petition (X7).
pub const PETITION: Machine<PetitionState, Mover> = Machine {
    name: "petition",
    moves: &[
        Move { verb: APPROVE, from: PetitionState::Submitted, to: PetitionState::Approved, by: Mover::Moderator, guard: TAKEN },
        Move { verb: REJECT, from: PetitionState::Submitted, to: PetitionState::Rejected, by: Mover::Moderator, guard: TAKEN },
        Move { verb: WITHDRAW, from: PetitionState::Submitted, to: PetitionState::Withdrawn, by: Mover::Petitioner, guard: "" },
        Move {
            verb: REVOKE,
            from: PetitionState::Approved,
            to: PetitionState::Revoked,
            by: Mover::Moderator,
            guard: "is no party",
        },
        Move {
            verb: REPLACE,
            from: PetitionState::Approved,
            to: PetitionState::Withdrawn,
            by: Mover::Moderator,
            guard: "approves another one about the same, for the name they have now",
        },
    ],
};

/// A petition as it is moved.
#[derive(Debug)]
pub struct Petition {
    pub user: Id<User>,
    pub about: About,
    pub state: PetitionState,
    pub held: Held,
    /// Who decided against the last one before it: this one is somebody else's to decide.
    pub refused_by: Option<Id<User>>,
}

impl Petition {
    /// Whether this moderator may take it on.
    pub fn may_be_taken(&self, moderator: Id<User>, now: Timestamp) -> Result<(), PetitionRefusal> {
        if self.state != PetitionState::Submitted {
            return Err(PetitionRefusal::PetitionSettled);
        }
        if self.refused_by == Some(moderator) {
            return Err(PetitionRefusal::PetitionOwn);
        }
        if self.held.is_free_for(moderator, now) { Ok(()) } else { Err(PetitionRefusal::PetitionTaken) }
    }

    /// Whether this moderator works at it, and may look at what was handed in.
    pub fn must_be_held_by(&self, moderator: Id<User>, now: Timestamp) -> Result<(), PetitionRefusal> {
        self.must_be_had_by(moderator, now)?;
        // They may have decided against the last one since they took it.
        if self.refused_by == Some(moderator) { Err(PetitionRefusal::PetitionOwn) } else { Ok(()) }
    }

    /// Whether this moderator has it, and can give it back.
    pub fn must_be_had_by(&self, moderator: Id<User>, now: Timestamp) -> Result<(), PetitionRefusal> {
        if self.state != PetitionState::Submitted {
            return Err(PetitionRefusal::PetitionSettled);
        }
        if self.held.by(now) == Some(moderator) { Ok(()) } else { Err(PetitionRefusal::PetitionNotTaken) }
    }

    /// What it becomes when this moderator decides it so.
    pub fn decide(
        &self,
        moderator: Id<User>,
        outcome: PetitionOutcome,
        now: Timestamp,
    ) -> Result<PetitionState, PetitionRefusal> {
        let verb = match outcome {
            PetitionOutcome::Approved => APPROVE,
            PetitionOutcome::Rejected => REJECT,
            PetitionOutcome::Revoked => REVOKE,
        };
        let next = PETITION.step(self.state, verb, Mover::Moderator).ok_or(PetitionRefusal::PetitionSettled)?;
        if outcome != PetitionOutcome::Revoked {
            self.must_be_held_by(moderator, now)?;
        }
        Ok(next)
    }

    /// What it becomes when whoever made it takes it back.
    pub fn withdraw(&self) -> Result<PetitionState, PetitionRefusal> {
        PETITION.step(self.state, WITHDRAW, Mover::Petitioner).ok_or(PetitionRefusal::PetitionSettled)
    }
}

/// A petition as it comes.
#[derive(Debug)]
pub struct NewPetition<'a> {
    pub user: Id<User>,
    pub about: About,
    /// As the documents have it.
    pub name: &'a str,
    pub words: &'a str,
}

/// What a moderator decides.
#[derive(Debug)]
pub struct Ruling<'a> {
    pub moderator: Id<User>,
    pub reason: Option<PetitionReason>,
    pub statement: &'a str,
    /// The name a badge is for.
    pub shown_as: Option<&'a str>,
}

impl Ruling<'_> {
    /// Why, as it is kept.
    pub fn reason_name(&self) -> Option<&'static str> {
        self.reason.map(PetitionReason::name)
    }
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

    fn petition(state: PetitionState, held: Option<(Id<User>, Timestamp)>) -> Petition {
        Petition { user: user(1), about: About::Person, state, held: Held(held), refused_by: Some(user(9)) }
    }

    #[test]
    fn x7_the_readme_shows_the_machine() {
        assert!(include_str!("../../README.md").contains(&PETITION.table()), "{}", PETITION.table());
    }

    #[test]
    fn p6_a_petition_is_taken_by_one_moderator_who_did_not_refuse_the_last() {
        let mut open = petition(PetitionState::Submitted, Some((user(5), at(24))));
        assert_eq!(open.may_be_taken(user(6), at(23)), Err(PetitionRefusal::PetitionTaken));
        assert_eq!(open.may_be_taken(user(5), at(23)), Ok(()), "their own");
        assert_eq!(open.may_be_taken(user(6), at(24)), Ok(()), "their time has passed");
        assert_eq!(open.may_be_taken(user(9), at(24)), Err(PetitionRefusal::PetitionOwn), "who refused the last one");
        assert_eq!(open.must_be_held_by(user(5), at(23)), Ok(()));
        assert_eq!(open.must_be_held_by(user(5), at(24)), Err(PetitionRefusal::PetitionNotTaken), "their time has passed");
        assert_eq!(open.must_be_held_by(user(6), at(23)), Err(PetitionRefusal::PetitionNotTaken));
        open.refused_by = Some(user(5));
        assert_eq!(open.must_be_held_by(user(5), at(23)), Err(PetitionRefusal::PetitionOwn), "they refused the last one since");
        assert_eq!(open.must_be_had_by(user(5), at(23)), Ok(()), "and can still give it back");
        for state in PetitionState::ALL.iter().filter(|state| **state != PetitionState::Submitted) {
            let settled = petition(*state, None);
            assert_eq!(settled.may_be_taken(user(5), at(0)), Err(PetitionRefusal::PetitionSettled), "{state:?}");
            assert_eq!(settled.must_be_held_by(user(5), at(0)), Err(PetitionRefusal::PetitionSettled), "{state:?}");
        }
    }

    proptest! {
        /// Whatever is tried: it is decided by whoever took it, ends once, and only what was approved is revoked.
        #[test]
        fn p6_a_petition_goes_from_submitted_to_an_end(
            walk in prop::collection::vec((0..4_usize, 5..10_u128), 0..30)
        ) {
            let mut petition = petition(PetitionState::Submitted, None);
            let mut path = vec![petition.state];
            for (deed, moderator) in walk {
                let (before, held) = (petition.state, petition.held.by(at(1)));
                let next = match deed {
                    0 => {
                        if petition.may_be_taken(user(moderator), at(1)).is_ok() {
                            prop_assert_ne!(moderator, 9);
                            petition.held = Held(Some((user(moderator), at(2))));
                        }
                        continue;
                    }
                    1 => petition.withdraw(),
                    2 => petition.decide(user(moderator), PetitionOutcome::Rejected, at(1)),
                    _ => {
                        let outcome =
                            if before == PetitionState::Approved { PetitionOutcome::Revoked } else { PetitionOutcome::Approved };
                        petition.decide(user(moderator), outcome, at(1))
                    }
                };
                let Ok(next) = next else { continue };
                if matches!(next, PetitionState::Approved | PetitionState::Rejected) {
                    prop_assert_eq!(held, Some(user(moderator)));
                }
                petition.state = next;
                petition.held = Held(None);
                path.push(next);
            }
            prop_assert!(path.len() <= 3, "{:?}", path);
            if path.contains(&PetitionState::Revoked) {
                prop_assert_eq!(path[1], PetitionState::Approved);
            }
        }
    }
}
