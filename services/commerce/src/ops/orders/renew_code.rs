//! The buyer makes a new hand-over code; the old one and its misses are gone.

use contracts::{commerce::HandoverCodeMade, ids};
use host::{Here, Tx};
use kernel::{Actor, Fault, Id};

use super::lock_for;
use crate::{
    model::{order::Order, terms},
    store::orders,
};

pub async fn renew_code(here: &Here, actor: &Actor, id: Id<ids::Order>) -> Result<(), Fault> {
    let (user, code) = (actor.user()?, new_code(here, id)?);
    host::write!(here.db, async |tx| {
        let (mut order, side) = lock_for(tx, id, user).await?;
        order.take("renew_code", side, tx.now())?;
        (order.code, order.misses) = (Some(code.sealed.clone()), 0);
        orders::save(tx, &order).await?;
        tell_code(tx, &order, &code)
    })
}

/// A new code, and as it is kept: sealed for this order only.
pub(super) struct NewCode {
    plain: String,
    pub sealed: Vec<u8>,
}

pub(super) fn new_code(here: &Here, id: Id<ids::Order>) -> Result<NewCode, Fault> {
    let plain = here.ids.code(terms::CODE_DIGITS);
    let sealed = here.config.keys.seal(&here.ids, terms::CODE_PURPOSE, id.uuid().as_bytes(), plain.as_bytes())?;
    Ok(NewCode { plain, sealed })
}

/// Tells the code of an order that is on its way: who has only a phone gets it there. Confirmed by the clock, it is good no more.
pub(super) fn tell_code(tx: &mut Tx, order: &Order, code: &NewCode) -> Result<(), Fault> {
    let expires_at = order.confirm_by.ok_or_else(|| Fault::internal("a shipped order has no day of confirmation"))?;
    tx.publish(&HandoverCodeMade { head: order.head(), code: code.plain.clone(), expires_at })
}
