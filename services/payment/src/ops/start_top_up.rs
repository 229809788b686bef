//! Asks the provider for the money of a top-up.

use contracts::ids::TopUp;
use host::Here;
use kernel::{Fault, Id, Job};
use serde::{Deserialize, Serialize};

use super::hear_provider::{hear_provider, key};
use crate::{model::top_up::TopUpState, store::top_ups};

/// Work for right after a top-up was opened.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StartTopUp {
    pub top_up: Id<TopUp>,
}
impl Job for StartTopUp {
    const NAME: &'static str = "start_top_up";
}

/// Starts it, again if need be: the provider knows it by its reference. No connection is held meanwhile (X10).
pub async fn start_top_up(here: &Here, job: &StartTopUp) -> Result<(), Fault> {
    let found = host::write!(here.db, async |tx| { top_ups::find(tx, job.top_up).await })?;
    let Some(top_up) = found.filter(|top_up| top_up.state == TopUpState::Pending) else { return Ok(()) };
    // The sandbox lives in this process: it hands over at once what another provider would post to the webhook.
    for callback in top_up.provider.start(key(here, top_up.provider), &top_up.reference, top_up.amount) {
        hear_provider(here, top_up.provider.name(), &callback.signature, &callback.body).await?;
    }
    Ok(())
}
