//! Signal: a word to every node, which may be lost.

use serde::{Serialize, de::DeserializeOwned};

/// Something every node should know within milliseconds, and that is true elsewhere: whoever misses it finds out by asking.
pub trait Signal: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `service.thing_happened.vN`.
    const NAME: &'static str;
}
