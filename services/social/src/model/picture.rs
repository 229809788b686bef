//! A picture as files told of it, for keeping a copy.

use contracts::{
    files::{MediaDeleted, MediaReady, Owned},
    ids::Media,
};
use kernel::{Fault, Id, User};
use serde_json::Value;

/// A picture as it is at some version; `None` where it is gone, or not for everybody.
#[derive(Debug)]
pub struct Copied {
    pub media: Id<Media>,
    pub owner: Id<User>,
    pub version: i64,
    pub picture: Option<Value>,
}

impl Copied {
    pub fn ready(fact: &MediaReady) -> Result<Self, Fault> {
        let picture = fact.picture.as_ref().map(serde_json::to_value).transpose()?;
        Ok(Self { media: fact.media, owner: fact.owner, version: fact.version, picture })
    }

    pub fn gone(fact: &MediaDeleted) -> Self {
        Self { media: fact.media, owner: fact.owner, version: fact.version, picture: None }
    }

    /// What files answered.
    pub fn answered(owner: Id<User>, owned: &Owned) -> Result<Self, Fault> {
        let picture = owned.picture.as_ref().map(serde_json::to_value).transpose()?;
        Ok(Self { media: owned.media, owner, version: owned.version, picture })
    }
}
