//! What profile tells.

use contracts::profile::{ProductModerated, ShopModerated};
use host::{Here, Tx};
use kernel::Fault;

use crate::ops;

pub async fn product_moderated(tx: &mut Tx, _: &Here, fact: ProductModerated) -> Result<(), Fault> {
    ops::products::withhold_product::apply_in(tx, &fact).await
}

pub async fn shop_moderated(tx: &mut Tx, _: &Here, fact: ShopModerated) -> Result<(), Fault> {
    ops::shops::withhold_shop::apply_in(tx, &fact).await
}
