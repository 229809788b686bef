//! Deletes one's own upload, with every variant.

use contracts::{files::MediaDeleted, ids};
use host::{Here, Tx};
use kernel::{Actor, Fault, Id};

use super::{must_be_open, remove_objects::RemoveObjects};
use crate::{
    model::media::{By, DELETE, Media, MediaState},
    store::{media, persons},
};

pub async fn delete_media(here: &Here, actor: &Actor, id: Id<ids::Media>) -> Result<(), Fault> {
    let owner = actor.user()?;
    host::write!(here.db, async |tx| {
        must_be_open(tx, owner).await?;
        let media = media::lock(tx, id).await?.filter(|media| media.owner == owner);
        delete_in(tx, &media.ok_or_else(Fault::not_found)?).await
    })
}

/// What was rejected or failed takes up no room any more.
pub async fn delete_in(tx: &mut Tx, media: &Media) -> Result<(), Fault> {
    let state = media.step(DELETE, By::Owner).ok_or_else(Fault::not_found)?;
    media::end(tx, media.id, state, None, None).await?;
    if matches!(media.state, MediaState::Processing | MediaState::Ready) {
        persons::give_back(tx, media.owner, media.bytes).await?;
    }
    tx.publish(&MediaDeleted { media: media.id, version: media.version + 1, owner: media.owner })?;
    tx.enqueue(&RemoveObjects { media: media.id, visibility: media.visibility }, tx.now())
}
