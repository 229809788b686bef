//! Deletes one of one's own notifications.

use contracts::ids::Notification;
use host::Here;
use kernel::{Actor, Fault, Id};

use crate::store::notifications;

pub async fn delete_notification(here: &Here, actor: &Actor, id: Id<Notification>) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        if notifications::delete(tx, user, id).await? { Ok(()) } else { Err(Fault::not_found()) }
    })
}
