//! Delivers one message, if it may still go.

use host::{Here, Mode, Tx};
use kernel::{Fault, Job};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    model::{
        delivery::{By, DELIVERY, DeliveryState, Transport, Verdict, judge},
        private::Private,
        route::Medium,
        words::{Said, outward, render},
    },
    store::{
        deliveries::{self, Waiting},
        outbox::{self, Outgoing},
    },
};

/// Work for later: bring this message out.
#[derive(Debug, Serialize, Deserialize)]
pub struct Deliver {
    pub delivery: Uuid,
}
impl Job for Deliver {
    const NAME: &'static str = "deliver";
}

/// One that has ended is left alone; one that nothing can carry is told to whoever watches over the platform.
pub async fn deliver(here: &Here, job: &Deliver) -> Result<(), Fault> {
    let stranded = host::write!(here.db, async |tx| { deliver_in(tx, here, job.delivery).await })?;
    if let Some(medium) = stranded {
        tracing::error!(delivery = %job.delivery, channel = medium.name(), "a message went nowhere: there is no transport for it");
        metrics::counter!("nexgate_deliveries_stranded_total", "channel" => medium.name()).increment(1);
    }
    Ok(())
}

/// Judges by what is true now (N6), and ends the delivery in the same transaction; the medium of one that nothing carries.
async fn deliver_in(tx: &mut Tx, here: &Here, id: Uuid) -> Result<Option<Medium>, Fault> {
    let transport = match here.config.mode {
        Mode::Development => Transport::DevOutbox,
        Mode::Production => Transport::Missing,
    };
    let Some(waiting) = deliveries::lock_waiting(tx, id).await? else { return Ok(None) };
    let verdict = judge(&waiting.due, tx.now(), transport);
    let state = DELIVERY.step(DeliveryState::Waiting, verdict.verb(), By::Worker);
    let state = state.ok_or_else(|| Fault::internal("a delivery has no such move"))?;
    if verdict == Verdict::Send {
        send_in(tx, &here.config.public_url, &waiting).await?;
    }
    deliveries::end(tx, id, state, verdict.reason()).await?;
    Ok((verdict == Verdict::STRANDED).then_some(waiting.medium))
}

/// Hands it to the development outbox, which is a table: it is sent exactly once, together with the end of its delivery.
async fn send_in(tx: &mut Tx, public_url: &str, waiting: &Waiting) -> Result<(), Fault> {
    let said = Said {
        template: &waiting.template,
        data: &waiting.data,
        name: Private(&waiting.name.0),
        at: waiting.at,
        until: waiting.due.expires_at,
    };
    let words = render(waiting.locale, &said)?;
    let link = waiting.link.as_ref().map(|link| format!("{public_url}{link}"));
    let message = outward(waiting.medium, words, link.as_deref());
    let outgoing = Outgoing {
        medium: waiting.medium,
        to: &waiting.to,
        template: &waiting.template,
        message: &message,
        data: &waiting.data,
        link: link.as_deref(),
    };
    outbox::put(tx, &outgoing).await
}
