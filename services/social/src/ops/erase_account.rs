//! Erases what somebody wrote.

use host::Tx;
use kernel::{Fault, Id, Standing, User};

use crate::store::{persons, posts};

/// Closes the person first: a post that is just being published is waited for, and a later one is refused.
pub async fn erase_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    persons::set_standing(tx, user, Standing::Erased, version).await?;
    posts::erase_all_of(tx, user).await
}
