//! Locks an account, so that nobody acts in its name, and unlocks it; its owner then logs in anew (A9).

use contracts::auth::{AccountLocked, AccountUnlocked};
use garde::Validate;
use host::{Here, revoked::SessionsEnded};
use kernel::{Actor, Fault, Id, Role, User, text::line};
use serde::Deserialize;
use utoipa::ToSchema;

use super::lock_for_admin;
use crate::{
    model::account::moved,
    store::{accounts, sessions},
};

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct LockAccount {
    /// For those who decide about unlocking it.
    #[garde(length(chars, min = 1, max = 500), custom(line))]
    #[schema(example = "Sells counterfeit goods")]
    pub reason: String,
}

pub async fn lock_account(here: &Here, actor: &Actor, user: Id<User>, cmd: LockAccount) -> Result<(), Fault> {
    let admin = actor.must_be(Role::Admin)?;
    host::write!(here.db, async |tx| {
        let account = lock_for_admin(tx, admin, user).await?;
        let standing = moved(account.standing, "lock")?;
        let version = accounts::set_standing(tx, user, standing, Some(&cmd.reason)).await?;
        let sessions = sessions::end_all(tx, user, None, "locked").await?;
        tx.signal(&SessionsEnded { sessions })?;
        tx.publish(&AccountLocked { user, version })
    })
}

pub async fn unlock_account(here: &Here, actor: &Actor, user: Id<User>) -> Result<(), Fault> {
    let admin = actor.must_be(Role::Admin)?;
    host::write!(here.db, async |tx| {
        let account = lock_for_admin(tx, admin, user).await?;
        let standing = moved(account.standing, "unlock")?;
        let version = accounts::set_standing(tx, user, standing, None).await?;
        tx.publish(&AccountUnlocked { user, version })
    })
}
