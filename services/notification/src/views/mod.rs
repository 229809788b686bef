//! What can be seen: one's own inbox, and in development mode everything that went out.

pub mod notifications;
pub mod outbox;
