//! Forgets what was handed in once its time has come (P6).

use host::Here;
use kernel::Fault;

use super::place_of;
use crate::store::petitions::{documents, petition};

/// The objects first: a row that is still there says what is left to remove. One that can't be removed keeps no other.
pub async fn forget_petitions(here: &Here) -> Result<(), Fault> {
    while host::write!(here.db, async |tx| { petition::forget(tx).await })? > 0 {}
    let (mut after, mut failed) = (None, None);
    loop {
        let ended = host::write!(here.db, async |tx| { documents::ended(tx, after).await })?;
        let Some(last) = ended.last().copied() else { return failed.map_or(Ok(()), Err) };
        let mut gone = Vec::new();
        for (_, document) in ended {
            match here.objects.remove_below(&place_of(document)).await {
                Ok(()) => gone.push(document),
                Err(fault) => failed = Some(fault),
            }
        }
        host::write!(here.db, async |tx| { documents::forget(tx, &gone).await })?;
        after = Some(last);
    }
}
