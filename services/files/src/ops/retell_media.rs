//! Tells again which pictures there are, and which are gone.

use contracts::{
    files::{MediaDeleted, MediaReady},
    ids::Media,
};
use host::Tx;
use kernel::{Fault, Id};

use crate::{
    model::media::{MediaState, Told, Visibility},
    store::media,
};

/// So many are told in one transaction.
const PAGE: u32 = 500;

pub async fn page_in(tx: &mut Tx, after: Option<Id<Media>>) -> Result<Option<Id<Media>>, Fault> {
    let page = media::told_after(tx, after, PAGE.into()).await?;
    let last = page.last().map(|told| told.id);
    page.into_iter().try_for_each(|told| tell(tx, told))?;
    Ok(last)
}

fn tell(tx: &mut Tx, told: Told) -> Result<(), Fault> {
    let Told { id: media, owner, version, .. } = told;
    if told.state == MediaState::Deleted {
        return tx.publish(&MediaDeleted { media, version, owner });
    }
    let picture = told.picture.filter(|_| told.visibility == Visibility::Public).map(|picture| picture.0);
    tx.publish(&MediaReady { media, version, owner, picture })
}
