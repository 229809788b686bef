//! Locks an account: nobody acts in its name any more (A9).

use contracts::auth::AccountLocked;
use garde::Validate;
use host::Here;
use kernel::{Actor, Fault, Id, Role, User};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    model::line::one_line,
    store::{accounts, sessions},
};

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct LockAccount {
    /// For those who decide about unlocking it.
    #[garde(length(chars, min = 1, max = 500), custom(one_line))]
    #[schema(example = "Sells counterfeit goods")]
    pub reason: String,
}

pub async fn lock_account(here: &Here, actor: &Actor, user: Id<User>, cmd: LockAccount) -> Result<(), Fault> {
    actor.must_be(Role::Admin)?;
    host::write!(here.db, async |tx| {
        let account = accounts::lock(tx, user).await?.ok_or_else(Fault::not_found)?;
        let state = account.state.moved("lock")?;
        let version = accounts::set_state(tx, user, state, Some(&cmd.reason)).await?;
        sessions::end_all(tx, user, None, "locked").await?;
        tx.publish(&AccountLocked { user, version })
    })
}
