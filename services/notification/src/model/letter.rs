//! A message on its way out of the platform.

use std::fmt;

use kernel::Timestamp;
use uuid::Uuid;

use super::{answer::Tried, private::Private, route::Medium, words::Outward};

/// Everything a carrier needs, so that it needs no database.
#[derive(Clone)]
pub struct Letter {
    /// The delivery's, the same at every try: a mail's Message-ID and an SMS's reference are made of it.
    pub id: Uuid,
    pub medium: Medium,
    pub to: Private<String>,
    pub message: Outward,
    pub at: Timestamp,
    pub tried: Tried,
    /// Whether it is worth an SMS where no e-mail reaches them.
    pub is_critical: bool,
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter").field("id", &self.id).field("medium", &self.medium).finish_non_exhaustive()
    }
}
