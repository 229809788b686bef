//! How people, notifications and deliveries are kept.

pub mod bundles;
pub mod deliveries;
pub mod notifications;
pub mod outbox;
pub mod persons;
pub mod silences;
