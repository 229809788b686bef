//! Gives held money to the payee, less the fee.

use contracts::{
    ids::Entry,
    payment::{ReleaseEscrow, Settled},
};
use host::{Here, Tx};
use kernel::{Fault, Id};

use super::mature_payout::MaturePayout;
use crate::{
    fault::Refusal,
    model::{
        escrow::{MATURES_AFTER, RELEASE},
        ledger::Movement,
    },
    store::{escrows, ledger},
};

/// Releases once; a repeat answers the same.
pub async fn release_escrow(here: &Here, cmd: &ReleaseEscrow) -> Result<Settled, Fault> {
    let entry = here.ids.next();
    host::write!(here.db, async |tx| { release_in(tx, cmd, entry).await })
}

async fn release_in(tx: &mut Tx, cmd: &ReleaseEscrow, entry: Id<Entry>) -> Result<Settled, Fault> {
    let known = escrows::lock(tx, &cmd.reference).await?.ok_or_else(Fault::not_found)?;
    let next = known.state.after(RELEASE)?;
    let deal = known.deal.ok_or(Refusal::EscrowClosed)?;
    if next != known.state {
        let matures_at = tx.now().plus(MATURES_AFTER);
        escrows::close(tx, deal.id, next, Some(matures_at)).await?;
        ledger::post(tx, entry, &Movement::sale(&deal)?).await?;
        tx.publish(&deal.tell_released()?)?;
        tx.enqueue(&MaturePayout { escrow: deal.id }, matures_at)?;
    }
    Ok(Settled { amount: Some(deal.payout()?) })
}
