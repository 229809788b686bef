//! Erases what somebody wrote.

use host::Tx;
use kernel::{Fault, Id, User};

use crate::store::{authors, posts};

/// Closes the author first: a post that is just being published is waited for, and a later one is refused.
pub async fn erase_in(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    authors::erase(tx, user).await?;
    posts::erase_all_of(tx, user).await
}
