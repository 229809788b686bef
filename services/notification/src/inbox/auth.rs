//! What auth tells.

use contracts::auth::{AccountErased, AccountLocked, AccountOpened, AccountUnlocked, CodeIssued, ContactsChanged};
use host::{Here, Tx};
use kernel::Fault;

use crate::ops;

pub async fn code_issued(tx: &mut Tx, here: &Here, fact: CodeIssued) -> Result<(), Fault> {
    ops::send_code::send_code_in(tx, here, &fact).await
}

pub async fn account_opened(tx: &mut Tx, here: &Here, fact: AccountOpened) -> Result<(), Fault> {
    ops::tell_account::opened_in(tx, here, &fact).await
}

pub async fn contacts_changed(tx: &mut Tx, _: &Here, fact: ContactsChanged) -> Result<(), Fault> {
    ops::copy_person::contacts_in(tx, &fact).await
}

pub async fn account_locked(tx: &mut Tx, _: &Here, fact: AccountLocked) -> Result<(), Fault> {
    ops::lock_account::lock_in(tx, fact.user, fact.version).await
}

pub async fn account_unlocked(tx: &mut Tx, _: &Here, fact: AccountUnlocked) -> Result<(), Fault> {
    ops::lock_account::unlock_in(tx, fact.user, fact.version).await
}

pub async fn account_erased(tx: &mut Tx, _: &Here, fact: AccountErased) -> Result<(), Fault> {
    ops::erase_account::erase_in(tx, fact.user, fact.version).await
}
