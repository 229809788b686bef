//! Makes released money available once its time has come.

use contracts::ids::Escrow;
use host::Here;
use kernel::{Fault, Id, Job, User};
use serde::{Deserialize, Serialize};

use crate::{
    model::ledger::Movement,
    store::{escrows, ledger},
};

/// Work for 48 hours after a release.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MaturePayout {
    pub escrow: Id<Escrow>,
}
impl Job for MaturePayout {
    const NAME: &'static str = "mature_payout";
}

/// Moves one payout into the wallet, once and not before its time.
pub async fn mature_payout(here: &Here, job: &MaturePayout) -> Result<(), Fault> {
    let entry = here.ids.next();
    host::write!(here.db, async |tx| {
        match escrows::mature(tx, job.escrow).await? {
            Some(deal) => ledger::post(tx, entry, &Movement::maturity(&deal)?).await,
            None => Ok(()),
        }
    })
}

/// Does the same for everything of `payee` that is due; says whether there was anything.
pub(super) async fn mature_due(here: &Here, payee: Id<User>) -> Result<bool, Fault> {
    let due = host::write!(here.db, async |tx| { escrows::due(tx, payee).await })?;
    for escrow in due.iter().copied() {
        mature_payout(here, &MaturePayout { escrow }).await?;
    }
    Ok(!due.is_empty())
}
