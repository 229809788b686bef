//! What can be done with posts.

pub mod apply_follow;
pub mod copy_picture;
pub mod count_sale;
pub mod delete_post;
pub mod edit_post;
pub mod erase_account;
pub mod lock_account;
pub mod publish_post;
pub mod sweep;
pub mod withhold_post;

use host::Tx;
use kernel::{Fault, Id, User};

use crate::{fault::Refusal, store::persons};

/// Lets nobody write who is locked or erased, whatever token they still have; an erasure that comes now waits (X12).
async fn must_be_open(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    if persons::lock_open(tx, user).await? { Ok(()) } else { Err(Refusal::AccountLocked.into()) }
}
