//! The seller sends the goods; the hand-over code is made, and the clock of the confirmation starts.

use contracts::{commerce::OrderShipped, ids::Order};
use garde::Validate;
use host::Here;
use kernel::{Actor, Fault, Id, text::line};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    confirm_order::ReleaseOverdue,
    lock_for,
    renew_code::{new_code, tell_code},
};
use crate::{model::terms, store::orders};

/// Who carries the goods.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct ShipOrder {
    #[garde(length(chars, min = 1, max = 80), custom(line))]
    #[schema(example = "Bus")]
    pub carrier: String,
    #[garde(inner(length(chars, max = 80), custom(line)))]
    #[schema(example = "T 123 ABC")]
    pub tracking: Option<String>,
}

pub async fn ship_order(here: &Here, actor: &Actor, id: Id<Order>, cmd: &ShipOrder) -> Result<(), Fault> {
    let (user, code) = (actor.user()?, new_code(here, id)?);
    host::write!(here.db, async |tx| {
        let (mut order, side) = lock_for(tx, id, user).await?;
        order.take("ship", side, tx.now())?;
        let known = orders::completed_of(tx, order.seller, terms::KNOWN_AFTER).await? >= terms::KNOWN_AFTER;
        let grace = if known { terms::GRACE } else { terms::GRACE_OF_THE_NEW };
        let confirm_by = tx.now().plus(terms::PROMISED_WITHIN).plus(grace);
        (order.shipped_at, order.confirm_by) = (Some(tx.now()), Some(confirm_by));
        (order.carrier, order.tracking) = (Some(cmd.carrier.clone()), cmd.tracking.clone());
        (order.code, order.misses) = (Some(code.sealed.clone()), 0);
        orders::save(tx, &order).await?;
        tx.enqueue(&ReleaseOverdue { order: id }, confirm_by)?;
        let (carrier, tracking) = (cmd.carrier.clone(), cmd.tracking.clone());
        tx.publish(&OrderShipped { head: order.head(), carrier, tracking })?;
        tell_code(tx, &order, &code)
    })
}
