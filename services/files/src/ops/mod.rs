//! What can be done with files.

pub mod delete_media;
pub mod develop_media;
pub mod erase_account;
pub mod lock_account;
pub mod remove_objects;
pub mod retell_media;
pub mod sweep;
pub mod take_upload;
pub mod upload_media;

use host::Tx;
use kernel::{Fault, Id, User};

use crate::{fault::Refusal, store::persons};

/// Lets nobody act who is locked or erased, whatever token they still have; an erasure that comes now waits (X12).
async fn must_be_open(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    if persons::lock_open(tx, user).await? { Ok(()) } else { Err(Refusal::AccountLocked.into()) }
}
