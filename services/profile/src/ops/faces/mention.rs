//! Keeps whom somebody mentions in their bio, and tells each of them once (P9).

use contracts::profile::Mentioned;
use host::Tx;
use kernel::{Fault, Id, User};

use crate::{
    model::mentions,
    store::{mentions as kept, profiles, ties},
};

/// The profile is locked by now, and has its new bio. Who may not see it isn't told, until they may and it is said again.
pub(super) async fn mention_in(tx: &mut Tx, user: Id<User>, version: i64, bio: &str) -> Result<(), Fault> {
    let names = mentions::names(bio);
    let mentioned = kept::meant(tx, user, &names).await?;
    let new = kept::set(tx, user, &mentioned).await?;
    if new.is_empty() {
        return Ok(());
    }
    let (audience, mut told) = (profiles::privacy(tx, user).await?.bio, Vec::new());
    for mentioned in new {
        let (_, between) = ties::between(tx, mentioned, user).await?;
        if audience.admits(&between.decide(), false) {
            tx.publish(&Mentioned { user, mentioned, version })?;
            told.push(mentioned);
        }
    }
    kept::mark_told(tx, user, &told).await
}
