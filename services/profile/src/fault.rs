//! Every way profile says no.

use kernel::{Fault, Kind};

/// What is refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    UsernameTaken,
    UsernameInvalid,
    FollowsOneself,
    AccountLocked,
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::UsernameTaken => {
                Fault::new(Kind::Conflict, "profile.username_taken", "Somebody has this username. Take another one.")
            }
            Refusal::UsernameInvalid => Fault::field(
                "/username",
                "profile.username_invalid",
                "A username has 3 to 30 letters, digits and underscores, starts with a letter, and isn't a reserved word.",
            ),
            Refusal::FollowsOneself => Fault::new(Kind::Invalid, "profile.follows_oneself", "Nobody can follow themselves."),
            Refusal::AccountLocked => {
                Fault::new(Kind::Forbidden, "profile.account_locked", "This account is locked and can't change anything.")
            }
        }
    }
}
