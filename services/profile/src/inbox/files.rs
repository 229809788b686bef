//! What files tells.

use contracts::files::{MediaDeleted, MediaReady};
use host::{Here, Tx};
use kernel::Fault;

use crate::ops;

pub async fn media_ready(tx: &mut Tx, _: &Here, fact: MediaReady) -> Result<(), Fault> {
    ops::faces::show_portrait::apply_in(tx, fact.media, fact.picture.as_ref()).await
}

pub async fn media_deleted(tx: &mut Tx, _: &Here, fact: MediaDeleted) -> Result<(), Fault> {
    ops::faces::show_portrait::apply_in(tx, fact.media, None).await
}
