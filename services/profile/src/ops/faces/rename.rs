//! Takes another username, and keeps the old one for a while (P1).

use contracts::profile::UsernameChanged;
use host::Tx;
use kernel::{Fault, Id, User};

use crate::{
    fault::Refusal,
    model::username::Username,
    store::{
        profiles::{self, Face},
        usernames,
    },
};

/// More names than these aren't kept for anybody: names are for those who use them.
const MOST_HELD: i64 = 3;

/// Takes it; the name somebody has already may be one that nobody could take any more. The profile is locked by now.
pub(super) async fn rename_in(tx: &mut Tx, user: Id<User>, wished: &str) -> Result<(), Fault> {
    let Face { username: before, .. } = profiles::find_face(tx, user).await?.ok_or_else(Fault::not_found)?;
    if wished.trim().to_lowercase() == before {
        return Ok(());
    }
    let username = Username::parse(wished)?;
    if !usernames::claim(tx, user, &username).await? {
        return Err(Refusal::UsernameTaken.into());
    }
    usernames::hold(tx, user, &before).await?;
    if usernames::count_held(tx, user).await? > MOST_HELD {
        return Err(Refusal::UsernamesHeld.into());
    }
    let version = profiles::rename(tx, user, &username).await?;
    tx.publish(&UsernameChanged { user, version, before, username: username.as_str().to_owned() })
}
