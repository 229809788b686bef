//! What social tells.

use kernel::{Id, Timestamp, User};
use serde::{Deserialize, Serialize};

use crate::ids::{Post, Product};

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
