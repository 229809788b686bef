//! How profiles and ties are kept.

pub mod counts;
pub mod deals;
pub mod interests;
pub mod locks;
pub mod mentions;
pub mod moderation;
pub mod petitions;
pub mod portraits;
pub mod profiles;
pub mod requests;
pub mod shops;
pub mod ties;
pub mod trusts;
pub mod usernames;
