//! Tells how every account stands and is reached, for copies elsewhere that are new or were lost.

use contracts::auth::{AccountErased, AccountLocked, AccountUnlocked, ContactsChanged};
use host::Tx;
use kernel::{Fault, Id, Standing, User};

use crate::store::accounts::{self, State};

pub async fn page_in(tx: &mut Tx, after: Option<Id<User>>) -> Result<Option<Id<User>>, Fault> {
    let page = accounts::page_after(tx, after).await?;
    let last = page.last().map(|account| account.user);
    page.into_iter().try_for_each(|account| tell(tx, account))?;
    Ok(last)
}

fn tell(tx: &mut Tx, account: State) -> Result<(), Fault> {
    let State { user, standing, version, email, phone, locale } = account;
    match standing {
        Standing::Erased => return tx.publish(&AccountErased { user, version }),
        Standing::Locked => tx.publish(&AccountLocked { user, version })?,
        Standing::Open => tx.publish(&AccountUnlocked { user, version })?,
    }
    tx.publish(&ContactsChanged { user, version, email, phone, locale })
}
