//! Marks one's own notifications as read or unread.

use contracts::ids::Notification;
use host::Here;
use kernel::{Actor, Fault, Id};

use crate::store::notifications;

pub async fn mark_read(here: &Here, actor: &Actor, id: Id<Notification>) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        if notifications::mark_read(tx, user, id).await? { Ok(()) } else { Err(Fault::not_found()) }
    })
}

pub async fn mark_unread(here: &Here, actor: &Actor, id: Id<Notification>) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        if notifications::mark_unread(tx, user, id).await? { Ok(()) } else { Err(Fault::not_found()) }
    })
}

pub async fn mark_all_read(here: &Here, actor: &Actor) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| { notifications::mark_all_read(tx, user).await })
}
