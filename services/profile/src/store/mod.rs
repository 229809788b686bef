//! How profiles and ties are kept.

pub mod counts;
pub mod locks;
pub mod portraits;
pub mod profiles;
pub mod requests;
pub mod ties;
pub mod usernames;
