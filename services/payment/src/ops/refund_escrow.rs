//! Gives held money back to the payer.

use contracts::{
    ids::{Entry, Escrow},
    payment::{RefundEscrow, Settled},
};
use host::{Here, Tx};
use kernel::{Fault, Id};

use crate::{
    model::{
        escrow::{EscrowState, REFUND},
        ledger::Movement,
    },
    store::{escrows, ledger},
};

/// Refunds once; a repeat answers the same. A reference never held is closed for good.
pub async fn refund_escrow(here: &Here, cmd: &RefundEscrow) -> Result<Settled, Fault> {
    let (void, entry) = (here.ids.next(), here.ids.next());
    host::write!(here.db, async |tx| { refund_in(tx, cmd, void, entry).await })
}

async fn refund_in(tx: &mut Tx, cmd: &RefundEscrow, void: Id<Escrow>, entry: Id<Entry>) -> Result<Settled, Fault> {
    if escrows::insert_void(tx, void, &cmd.reference, EscrowState::Absent.after(REFUND)?).await? {
        return Ok(Settled { amount: None });
    }
    let known = escrows::lock(tx, &cmd.reference).await?.ok_or_else(Fault::not_found)?;
    let next = known.state.after(REFUND)?;
    let Some(deal) = known.deal else { return Ok(Settled { amount: None }) };
    if next != known.state {
        escrows::close(tx, deal.id, next, None).await?;
        ledger::post(tx, entry, &Movement::refund(&deal)).await?;
        tx.publish(&deal.tell_refunded())?;
    }
    Ok(Settled { amount: Some(deal.amount) })
}
