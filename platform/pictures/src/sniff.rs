//! What bytes are.

use crate::{Format, Refusal};

/// What the bytes are, by what they hold; nothing is decoded.
pub fn sniff(bytes: &[u8]) -> Result<Format, Refusal> {
    if bytes.is_empty() { Err(Refusal::Empty) } else { Err(Refusal::UnknownFormat) }
}
