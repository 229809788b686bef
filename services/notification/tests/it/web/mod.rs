//! The web door.

mod notifications;
mod outbox;
