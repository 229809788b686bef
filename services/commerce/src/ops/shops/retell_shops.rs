//! Tells every shop again, for copies elsewhere that are new or were lost.

use contracts::{commerce::ShopChanged, ids::Shop};
use host::Tx;
use kernel::{Fault, Id};

use crate::store::shops;

pub async fn page_in(tx: &mut Tx, after: Option<Id<Shop>>) -> Result<Option<Id<Shop>>, Fault> {
    let page = shops::page_after(tx, after).await?;
    let last = page.last().map(|shop| shop.id);
    page.into_iter().try_for_each(|shop| tx.publish(&changed(shop)))?;
    Ok(last)
}

/// The fact that tells a shop's face.
pub(super) fn changed(shop: shops::Face) -> ShopChanged {
    let shops::Face { id, version, owner, handle, name } = shop;
    ShopChanged { shop: id, version, owner, handle, name }
}
