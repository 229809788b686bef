//! Pictures as files tells them.

use contracts::files::{Copied, Owned};
use host::Tx;
use kernel::{Fault, Id, User};

use crate::store::pictures;

pub async fn copy_in(tx: &mut Tx, copied: &Copied) -> Result<(), Fault> {
    pictures::apply(tx, copied.media, copied.owner, copied.version, copied.picture.as_ref()).await
}

/// What files answered: whoever names a picture that is ready sees it at once, however late the fact comes.
pub async fn answered_in(tx: &mut Tx, owner: Id<User>, owned: &[Owned]) -> Result<(), Fault> {
    for one in owned {
        copy_in(tx, &one.copied(owner)?).await?;
    }
    Ok(())
}
