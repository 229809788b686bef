//! Ask: something a neighbour answers now.

use serde::{Serialize, de::DeserializeOwned};

/// A question (`CardsOf`) or a command (`HoldEscrow`) with its answer.
///
/// A command carries a reference of its sender's, so that repeating it changes nothing.
pub trait Ask: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `service.verb.vN`.
    const NAME: &'static str;
    type Answer: Serialize + DeserializeOwned + Send + 'static;
}
