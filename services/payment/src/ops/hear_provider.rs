//! Takes a provider's signed report of what became of a top-up.

use contracts::ids::Entry;
use host::{Here, Tx};
use kernel::{Fault, Id};

use super::open_top_up::is_available;
use crate::{
    model::{
        ledger::Movement,
        provider::{Provider, Report},
        top_up::Ending,
    },
    store::{ledger, top_ups},
};

/// Credits what arrived, once, where it is what was asked for. A provider that isn't here is 404.
pub async fn hear_provider(here: &Here, name: &str, signature: &str, body: &[u8]) -> Result<(), Fault> {
    let provider = Provider::named(name).filter(|provider| is_available(here, *provider)).ok_or_else(Fault::not_found)?;
    let keys = here.config.keys.derive_all(&purpose(provider));
    let report = provider.read(&keys, body, signature)?;
    let entry = here.ids.next();
    host::write!(here.db, async |tx| { settle_in(tx, provider, &report, entry).await })
}

async fn settle_in(tx: &mut Tx, provider: Provider, report: &Report, entry: Id<Entry>) -> Result<(), Fault> {
    let top_up = top_ups::lock(tx, provider, &report.reference).await?.ok_or_else(Fault::not_found)?;
    let Some(ending) = top_up.report(report.arrived) else { return Ok(()) };
    top_ups::close(tx, top_up.id, ending).await?;
    match ending {
        Ending::Settled => {
            ledger::post(tx, entry, &Movement::top_up(&top_up)).await?;
            tx.publish(&top_up.tell_settled())?;
            tx.publish(&top_up.tell_paid())
        }
        Ending::Failed(reason) => tx.publish(&top_up.tell_failed(reason)),
    }
}

/// The key a provider is to sign its reports with. One it was given before is as good, as long as we accept it.
pub(super) fn key(here: &Here, provider: Provider) -> [u8; 32] {
    here.config.keys.derive(&purpose(provider))
}

fn purpose(provider: Provider) -> String {
    format!("payment.provider.{}", provider.name())
}
