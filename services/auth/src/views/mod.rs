//! What can be seen: one's own sessions and devices, and the public keys.

pub mod devices;
pub mod keys;
pub mod sessions;
