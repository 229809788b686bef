//! Every way profile says no.

use kernel::{Fault, Kind};

/// What is refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    UsernameTaken,
    UsernameInvalid,
    FollowsOneself,
    Oneself,
    RequestsWaiting,
    ListHidden,
    MutesNothing,
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
            Refusal::Oneself => Fault::new(Kind::Invalid, "profile.oneself", "Nobody can block, mute or restrict themselves."),
            Refusal::RequestsWaiting => Fault::new(
                Kind::Conflict,
                "profile.requests_waiting",
                "People wait for your answer. Say what becomes of their requests: `accept` or `decline`.",
            ),
            Refusal::ListHidden => Fault::new(Kind::Forbidden, "profile.list_hidden", "They keep this list to themselves."),
            Refusal::MutesNothing => {
                Fault::field("/surfaces", "profile.mutes_nothing", "Say what to mute, or leave it out to mute everything.")
            }
            Refusal::AccountLocked => {
                Fault::new(Kind::Forbidden, "profile.account_locked", "This account is locked and can't change anything.")
            }
        }
    }
}
