//! Tells every tie that others have a copy of, for copies elsewhere that are new or were lost.

use contracts::profile::{BlockChanged, Followed, Unfollowed};
use host::Tx;
use kernel::{Fault, Id, User};

use crate::store::ties::{self, Told};

pub async fn page_in(tx: &mut Tx, after: Option<(Id<User>, Id<User>)>) -> Result<Option<(Id<User>, Id<User>)>, Fault> {
    let page = ties::page_after(tx, after).await?;
    let last = page.last().map(|tie| (tie.subject, tie.object));
    for tie in page {
        let (follower, followee, version) = (tie.subject, tie.object, tie.version);
        if tie.follows {
            tx.publish(&Followed { follower, followee, version })?;
        } else {
            tx.publish(&Unfollowed { follower, followee, version })?;
        }
        tx.publish(&block_changed(tie))?;
    }
    Ok(last)
}

/// The fact that tells whom somebody blocks or mutes.
pub(in crate::ops) fn block_changed(tie: Told) -> BlockChanged {
    let Told { subject, object, version, follows: _, blocks, mutes, mutes_until } = tie;
    BlockChanged { subject, object, version, blocks, mutes: mutes.0, mutes_until }
}
