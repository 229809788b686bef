//! Tells those who reported something what came of it.

use contracts::profile::CaseDecided;
use host::Here;
use kernel::{Fault, Id, Job, User};
use serde::{Deserialize, Serialize};

use crate::store::moderation::reports;

/// Work for after a decision: some things are reported by thousands.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellReporters {
    /// What they are told; whom is filled in.
    pub(super) fact: CaseDecided,
    /// Nobody but this one, where they are one of them.
    pub(super) only: Option<Id<User>>,
    pub(super) after: Option<Id<User>>,
}
impl Job for TellReporters {
    const NAME: &'static str = "tell_reporters";
}

/// Tells as many as one transaction should, and leaves the rest for the next. Who is told twice has one notice: it is known by the case,
/// its version and them.
pub async fn tell_reporters(here: &Here, job: &TellReporters) -> Result<(), Fault> {
    host::write!(here.db, async |tx| {
        let reporters = reports::reporters_after(tx, job.fact.case, job.after).await?;
        for user in reporters.iter().filter(|user| job.only.is_none_or(|only| only == **user)) {
            tx.publish(&CaseDecided { user: *user, ..job.fact.clone() })?;
        }
        let Some(last) = reporters.last() else { return Ok(()) };
        tx.enqueue(&TellReporters { fact: job.fact.clone(), only: job.only, after: Some(*last) }, tx.now())
    })
}
