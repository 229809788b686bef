//! Pictures as files tells them.

use contracts::files::{MediaDeleted, MediaReady};
use host::Tx;
use kernel::Fault;

use crate::store::pictures::{self, Copy};

/// What isn't for everybody is never shown here, so it isn't kept.
pub async fn copy_in(tx: &mut Tx, fact: &MediaReady) -> Result<(), Fault> {
    let Some(picture) = &fact.picture else { return Ok(()) };
    pictures::apply(tx, Copy { media: fact.media, owner: fact.owner, version: fact.version, picture: Some(picture) }).await
}

pub async fn drop_in(tx: &mut Tx, fact: &MediaDeleted) -> Result<(), Fault> {
    pictures::apply(tx, Copy { media: fact.media, owner: fact.owner, version: fact.version, picture: None }).await
}
