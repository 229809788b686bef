//! Tells a person what happened to their account: that it is open, and who began to follow them.

use std::time::Duration;

use contracts::{auth::AccountOpened, profile::Followed};
use host::{Here, Tx};
use kernel::Fault;

use super::tell::tell_in;
use crate::{
    model::notice,
    store::{notifications, persons},
};

/// Who follows, leaves and follows again within this time is told once.
const ONE_FOLLOW: Duration = Duration::from_hours(24);

pub async fn opened_in(tx: &mut Tx, here: &Here, fact: &AccountOpened) -> Result<(), Fault> {
    tell_in(tx, here, &[notice::account_opened(fact)]).await
}

pub async fn followed_in(tx: &mut Tx, here: &Here, fact: &Followed) -> Result<(), Fault> {
    let notice = notice::followed(fact);
    // The lock makes two follows of one pair that arrive together take turns.
    persons::lock(tx, &[fact.follower, fact.followee]).await?;
    let since = tx.now().minus(ONE_FOLLOW);
    if notifications::told_since(tx, notice.kind, fact.followee, fact.follower, since).await? {
        return Ok(());
    }
    tell_in(tx, here, &[notice]).await
}
