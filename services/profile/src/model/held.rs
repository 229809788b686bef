//! Work that one moderator has for a time, so that no two do the same.

use std::time::Duration;

use kernel::{Id, Timestamp, User};

/// How long it is one moderator's alone once they took it.
pub const HELD_FOR: Duration = Duration::from_hours(24);

/// Who works at something, and until when nobody else does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held(pub Option<(Id<User>, Timestamp)>);

impl Held {
    /// Who works at it now: who has let their time pass does no more (X4).
    pub fn by(self, now: Timestamp) -> Option<Id<User>> {
        self.0.filter(|(_, until)| *until > now).map(|(holder, _)| holder)
    }

    /// Until when it is this moderator's.
    pub fn until(self, moderator: Id<User>, now: Timestamp) -> Option<Timestamp> {
        self.0.filter(|(holder, until)| *holder == moderator && *until > now).map(|(_, until)| until)
    }

    /// Whether nobody else works at it.
    pub fn is_free_for(self, moderator: Id<User>, now: Timestamp) -> bool {
        self.by(now).is_none_or(|holder| holder == moderator)
    }
}
