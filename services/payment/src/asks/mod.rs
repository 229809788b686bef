//! What neighbours ask.

use contracts::payment::{Held, HoldEscrow, LedgerReport, RefundEscrow, ReleaseEscrow, Settled, VerifyLedger};
use host::Here;
use kernel::Fault;

use crate::{ops, views};

pub async fn hold_escrow(here: Here, ask: HoldEscrow) -> Result<Held, Fault> {
    ops::hold_escrow::hold_escrow(&here, &ask).await
}

pub async fn release_escrow(here: Here, ask: ReleaseEscrow) -> Result<Settled, Fault> {
    ops::release_escrow::release_escrow(&here, &ask).await
}

pub async fn refund_escrow(here: Here, ask: RefundEscrow) -> Result<Settled, Fault> {
    ops::refund_escrow::refund_escrow(&here, &ask).await
}

pub async fn verify_ledger(here: Here, _: VerifyLedger) -> Result<LedgerReport, Fault> {
    views::ledger::verify(&here).await
}
