//! The JSON door.

mod notifications;
