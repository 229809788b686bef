//! The buyer makes a new hand-over code; the old one and its misses are gone.

use contracts::ids::Order;
use host::Here;
use kernel::{Actor, Fault, Id};

use super::lock_for;
use crate::{model::terms, store::orders};

pub async fn renew_code(here: &Here, actor: &Actor, id: Id<Order>) -> Result<(), Fault> {
    let (user, code) = (actor.user()?, new_code(here, id)?);
    host::write!(here.db, async |tx| {
        let (mut order, side) = lock_for(tx, id, user).await?;
        order.take("renew_code", side, tx.now())?;
        (order.code, order.misses) = (Some(code.clone()), 0);
        orders::save(tx, &order).await
    })
}

/// A new code, sealed for this order only.
pub(super) fn new_code(here: &Here, id: Id<Order>) -> Result<Vec<u8>, Fault> {
    let code = here.ids.code(terms::CODE_DIGITS);
    here.config.keys.seal(&here.ids, terms::CODE_PURPOSE, id.uuid().as_bytes(), code.as_bytes())
}
