//! The seller hands the goods over and enters the buyer's code.

use contracts::ids;
use garde::Validate;
use host::{Here, Tx};
use kernel::{Actor, Fault, Id, User};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{confirm_order::delivered_in, lock_for};
use crate::{
    fault::Refusal,
    model::{order::Order, terms},
    store::orders,
};

/// The code the buyer read out.
#[derive(Deserialize, Validate, ToSchema)]
pub struct DeliverOrder {
    #[garde(length(chars, max = 20))]
    #[schema(example = "482913")]
    pub handover_code: String,
}

/// The code may reach no log (X14).
impl std::fmt::Debug for DeliverOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeliverOrder(…)")
    }
}

/// A miss is committed before it is refused, so that nobody counts it away by asking again.
pub async fn deliver_order(here: &Here, actor: &Actor, id: Id<ids::Order>, cmd: &DeliverOrder) -> Result<Id<ids::Order>, Fault> {
    let user = actor.user()?;
    let tried: Result<(), Refusal> = host::write!(here.db, async |tx| { deliver_in(tx, here, id, user, cmd).await })?;
    tried?;
    Ok(id)
}

async fn deliver_in(
    tx: &mut Tx,
    here: &Here,
    id: Id<ids::Order>,
    user: Id<User>,
    cmd: &DeliverOrder,
) -> Result<Result<(), Refusal>, Fault> {
    let (mut order, side) = lock_for(tx, id, user).await?;
    order.may("deliver", side, tx.now())?;
    if order.misses >= terms::CODE_MISSES {
        return Err(Refusal::HandoverLocked.into());
    }
    if !is_code(here, &order, cmd.handover_code.trim())? {
        order.misses += 1;
        orders::save(tx, &order).await?;
        return Ok(Err(Refusal::HandoverWrong));
    }
    order.take("deliver", side, tx.now())?;
    delivered_in(tx, &mut order).await?;
    tx.done(id).await?;
    Ok(Ok(()))
}

/// Compares keyed hashes, so that the time it takes tells nothing of the code.
fn is_code(here: &Here, order: &Order, typed: &str) -> Result<bool, Fault> {
    let sealed = order.code.as_deref().ok_or_else(|| Fault::internal("a shipped order has no code"))?;
    let keys = &here.config.keys;
    let code = keys.open(terms::CODE_PURPOSE, order.id.uuid().as_bytes(), sealed)?;
    Ok(keys.hash(terms::CODE_PURPOSE, &code) == keys.hash(terms::CODE_PURPOSE, typed.as_bytes()))
}
