//! What auth tells.

use contracts::auth::{AccountErased, AccountLocked, AccountUnlocked};
use host::{Here, Tx};
use kernel::Fault;

use crate::ops;

pub async fn account_locked(tx: &mut Tx, _: &Here, fact: AccountLocked) -> Result<(), Fault> {
    ops::lock_account::lock_in(tx, fact.user, fact.version).await
}

pub async fn account_unlocked(tx: &mut Tx, _: &Here, fact: AccountUnlocked) -> Result<(), Fault> {
    ops::lock_account::unlock_in(tx, fact.user, fact.version).await
}

pub async fn account_erased(tx: &mut Tx, _: &Here, fact: AccountErased) -> Result<(), Fault> {
    ops::erase_account::erase_in(tx, fact.user, fact.version).await
}
