//! What files tells.

use contracts::files::MediaDeleted;
use host::{Here, Tx};
use kernel::Fault;

use crate::ops;

pub async fn media_deleted(tx: &mut Tx, _: &Here, fact: MediaDeleted) -> Result<(), Fault> {
    ops::show_portrait::forget_in(tx, fact.media).await
}
