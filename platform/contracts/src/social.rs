//! What social tells and answers.

use kernel::{Id, Timestamp, User};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{Post, Product},
    profile::Exhibit,
};

/// A post was published.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PostPublished {
    pub post: Id<Post>,
    pub version: i64,
    pub author: Id<User>,
    pub product: Option<Id<Product>>,
    pub at: Timestamp,
}

crate::facts! {
    PostPublished = "social.post_published.v1";
}

/// Question of whoever takes reports: what a post looks like now, whoever may see it; `None` where it isn't there, or withheld.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PostExhibit {
    pub post: Id<Post>,
    /// Whether it is wanted though it is withheld: by moderators, who look at it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withheld_too: bool,
}

crate::asks! {
    PostExhibit = "social.post_exhibit.v1" -> Option<Exhibit>;
}
