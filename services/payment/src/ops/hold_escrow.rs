//! Holds money of the payer's wallet for a deal.

use contracts::{
    ids::Entry,
    payment::{Held, HoldEscrow},
};
use host::{Here, Tx};
use kernel::{Fault, Id};

use super::mature_payout::mature_due;
use crate::{
    fault::Refusal,
    model::{
        escrow::{Deal, EscrowState, HOLD},
        ledger::Movement,
        settings::Settings,
    },
    ops::must_be_open,
    store::{escrows, ledger, refusals},
};

/// Holds once per reference; a repeat answers the same. What was refused may be tried again.
pub async fn hold_escrow(here: &Here, cmd: &HoldEscrow) -> Result<Held, Fault> {
    let deal = Deal::of(here.ids.next(), cmd, &here.settings::<Settings>()?)?;
    let mut held = hold(here, &deal).await;
    // A payout whose time has come is money of the payer, however late its job is.
    if is_short(&held) && mature_due(here, deal.payer).await? {
        held = hold(here, &deal).await;
    }
    if is_short(&held) { Err(refuse(here, &deal).await?) } else { held }
}

fn is_short(held: &Result<Held, Fault>) -> bool {
    held.as_ref().is_err_and(|fault| fault.code() == Refusal::InsufficientFunds.code())
}

async fn hold(here: &Here, deal: &Deal) -> Result<Held, Fault> {
    let entry = here.ids.next();
    host::write!(here.db, async |tx| { hold_in(tx, deal, entry).await })
}

async fn hold_in(tx: &mut Tx, deal: &Deal, entry: Id<Entry>) -> Result<Held, Fault> {
    // First the reference: what was held before is answered again, whatever became of the payer since.
    if !escrows::insert(tx, deal, EscrowState::Absent.after(HOLD)?).await? {
        return repeat(tx, deal).await;
    }
    must_be_open(tx, deal.payer).await?;
    ledger::post(tx, entry, &Movement::payment(deal)).await?;
    tx.publish(&deal.tell_held())?;
    tx.publish(&deal.tell_paid())?;
    Ok(deal.held())
}

/// The answer of the first time, where it was about the same deal.
async fn repeat(tx: &mut Tx, deal: &Deal) -> Result<Held, Fault> {
    let known = escrows::lock(tx, &deal.reference).await?.ok_or_else(Fault::not_found)?;
    known.state.after(HOLD)?;
    match known.deal {
        Some(first) if first.is_same_as(deal) => Ok(first.held()),
        _ => Err(Refusal::ReferenceReused.into()),
    }
}

/// Why the wallet couldn't pay; the payer is told once per reference.
async fn refuse(here: &Here, deal: &Deal) -> Result<Fault, Fault> {
    host::write!(here.db, async |tx| {
        let wallets = ledger::wallets(tx, deal.payer).await?;
        if !wallets.is_empty() && !wallets.contains(&deal.amount.currency()) {
            return Ok(Refusal::CurrencyMismatch.into());
        }
        let reason = Refusal::InsufficientFunds;
        if refusals::insert(tx, deal, reason).await? {
            tx.publish(&deal.tell_failed(reason))?;
        }
        Ok(reason.into())
    })
}
