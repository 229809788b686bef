//! What commerce tells.

use contracts::commerce::OrderPlaced;
use host::{Here, Tx};
use kernel::Fault;

use crate::ops;

pub async fn order_placed(tx: &mut Tx, _: &Here, fact: OrderPlaced) -> Result<(), Fault> {
    ops::count_sale::count_in(tx, &fact).await
}
