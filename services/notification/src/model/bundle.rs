//! Letters that many news share: the first is written of at once, and what comes within a while after it goes together.

use std::time::Duration;

use kernel::{Id, Timestamp, User};

use super::kind::Kind;

/// So many are counted; there may be more.
pub const MOST: i64 = 1_000;

/// How news of one kind go by e-mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bundle {
    pub kind: Kind,
    /// Between two letters of this kind to one person.
    pub pace: Duration,
    /// The words where it is about more than one.
    pub template: &'static str,
    /// Of the reader's profile: where everybody stands whom it is about.
    page: &'static str,
}

impl Bundle {
    /// Every kind that is bundled.
    pub const ALL: [Self; 1] = [Self {
        kind: Kind::NewFollower,
        pace: Duration::from_hours(24),
        template: "profile.new_followers.v1",
        page: "followers",
    }];

    /// How this kind is bundled; `None` where each of it is written of by itself.
    pub fn of(kind: Kind) -> Option<Self> {
        Self::ALL.into_iter().find(|bundle| bundle.kind == kind)
    }

    /// Whose words these are.
    pub fn worded(template: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bundle| bundle.template == template)
    }

    /// The letter's own news: there is one of them, however often it is thought of.
    pub fn fact(self, to: Id<User>, goes_at: Timestamp) -> String {
        format!("{}/{to}/{goes_at}", self.kind.name())
    }

    /// Relative to the public address.
    pub fn link(self, to: Id<User>) -> String {
        format!("/users/{to}/{}", self.page)
    }
}
