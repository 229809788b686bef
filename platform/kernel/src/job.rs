//! Job: work for later.

use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};

/// Work for later, in the imperative (`ExpireHold`). Its effect is idempotent: it may run again after a crash.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `verb_noun`, unique within its service.
    const NAME: &'static str;
    /// After so many failed tries it is parked with its reason. Waits double from one second up to ten minutes.
    const TRIES: u16 = 20;
    /// How long one try may take before it counts as failed. Longer only where other people's servers may be slow.
    const PATIENCE: Duration = Duration::from_secs(8);
}
