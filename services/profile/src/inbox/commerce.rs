//! What commerce tells.

use contracts::commerce::{OrderCancelled, OrderCompleted, ShopChanged};
use host::{Here, Tx};
use kernel::Fault;

use crate::ops;

pub async fn order_completed(tx: &mut Tx, _: &Here, fact: OrderCompleted) -> Result<(), Fault> {
    ops::trust::record_deal::completed_in(tx, &fact).await
}

pub async fn order_cancelled(tx: &mut Tx, _: &Here, fact: OrderCancelled) -> Result<(), Fault> {
    ops::trust::record_deal::cancelled_in(tx, &fact).await
}

pub async fn shop_changed(tx: &mut Tx, _: &Here, fact: ShopChanged) -> Result<(), Fault> {
    ops::copy_shop::copy_in(tx, &fact).await
}
