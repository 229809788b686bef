//! The JSON door.

mod blocks;
mod faces;
mod follows;
mod graph;
mod mentions;
mod moderation;
mod petitions;
mod privacy;
mod races;
mod requests;
mod suggestions;
mod trust;
mod trust_review;
mod usernames;
mod users;
