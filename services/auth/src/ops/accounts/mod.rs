//! Accounts: given roles, locked, erased.

pub mod erase_account;
pub mod grant_role;
pub mod lock_account;
pub mod retell_accounts;

use host::Tx;
use kernel::{Fault, Id, User};

use crate::{
    model::account::may_administer,
    store::accounts::{self, Account},
};

/// The account an admin acts on, locked with the admin's own. What their token says is minutes old: who was locked, erased or
/// is no admin any more finds nothing, as a stranger does.
async fn lock_for_admin(tx: &mut Tx, admin: Id<User>, user: Id<User>) -> Result<Account, Fault> {
    let mut both = accounts::lock_all(tx, &[admin, user]).await?;
    if !both.iter().any(|account| account.user == admin && may_administer(account.standing, &account.roles)) {
        return Err(Fault::not_found());
    }
    let at = both.iter().position(|account| account.user == user).ok_or_else(Fault::not_found)?;
    Ok(both.swap_remove(at))
}
