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
    let code = code_of(here, &order)?;
    if !is_same(here, &code, cmd.handover_code.trim()) {
        order.misses += 1;
        orders::save(tx, &order).await?;
        return Ok(Err(Refusal::HandoverWrong));
    }
    order.take("deliver", side, tx.now())?;
    delivered_in(tx, &mut order).await?;
    tx.done(id).await?;
    Ok(Ok(()))
}

/// A code whose master key was dropped is lost: the buyer makes a new one, as after too many misses.
fn code_of(here: &Here, order: &Order) -> Result<Vec<u8>, Fault> {
    let sealed = order.code.as_deref().ok_or_else(|| Fault::internal("a shipped order has no code"))?;
    let opened = here.config.keys.open(terms::CODE_PURPOSE, order.id.uuid().as_bytes(), sealed);
    opened.map_err(|fault| Fault::from(Refusal::HandoverLocked).because(fault))
}

/// Compares keyed hashes, so that the time it takes tells nothing of the code.
fn is_same(here: &Here, code: &[u8], typed: &str) -> bool {
    let hash = |text: &[u8]| here.config.keys.hash(terms::CODE_PURPOSE, text);
    hash(code) == hash(typed.as_bytes())
}
