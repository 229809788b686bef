//! Erases an account: its id stays for what others keep, everything personal goes (A9, X12).

use contracts::auth::AccountErased;
use host::{Here, revoked::SessionsEnded};
use kernel::{Actor, Fault, Id, Role, User};

use super::lock_for_admin;
use crate::{
    model::account::moved,
    store::{accounts, devices, flows, sessions},
};

pub async fn erase_account(here: &Here, actor: &Actor, user: Id<User>) -> Result<(), Fault> {
    let admin = actor.must_be(Role::Admin)?;
    host::write!(here.db, async |tx| {
        let account = lock_for_admin(tx, admin, user).await?;
        moved(account.standing, "erase")?;
        let sessions = sessions::delete_of(tx, user).await?;
        tx.signal(&SessionsEnded { sessions })?;
        devices::delete_of(tx, user).await?;
        flows::delete_of(tx, user).await?;
        let version = accounts::erase(tx, user).await?;
        tx.publish(&AccountErased { user, version })
    })
}
