//! Unlocks an account; its owner logs in anew (A9).

use contracts::auth::AccountUnlocked;
use host::Here;
use kernel::{Actor, Fault, Id, Role, User};

use crate::store::accounts;

pub async fn unlock_account(here: &Here, actor: &Actor, user: Id<User>) -> Result<(), Fault> {
    actor.must_be(Role::Admin)?;
    host::write!(here.db, async |tx| {
        let account = accounts::lock(tx, user).await?.ok_or_else(Fault::not_found)?;
        let state = account.state.moved("unlock")?;
        let version = accounts::set_state(tx, user, state, None).await?;
        tx.publish(&AccountUnlocked { user, version })
    })
}
