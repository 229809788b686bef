//! Delivers one message, if it may still go.

use std::time::Duration;

use host::{Here, Tx};
use kernel::{Fault, Job, Timestamp, zone::HOME};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::carriers::{self, Carriers};
use crate::{
    model::{
        answer::{Next, Tried, next},
        bundle::Bundle,
        delivery::{By, DELIVERY, DeliveryState, Verdict, judge},
        letter::Letter,
        private::Private,
        route::Medium,
        sms,
        words::{Said, outward},
    },
    store::{
        bundles,
        deliveries::{self, Waiting},
        outbox::{self, Outgoing},
    },
};

/// A mail server looks at a message before it answers.
const PATIENCE: Duration = Duration::from_mins(1);

/// Work for later: bring this e-mail out.
#[derive(Debug, Serialize, Deserialize)]
pub struct Deliver {
    pub delivery: Uuid,
}
impl Job for Deliver {
    const NAME: &'static str = "deliver";
    const PATIENCE: Duration = PATIENCE;
}

/// The same of an SMS: a mail server that is slow keeps no SMS waiting.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeliverSms {
    pub delivery: Uuid,
}
impl Job for DeliverSms {
    const NAME: &'static str = "deliver_sms";
    const PATIENCE: Duration = PATIENCE;
}

/// What a first look at a delivery leaves to do.
enum Begun {
    /// It has ended before, or somebody else ended it.
    Nothing,
    Ended(Medium, Verdict),
    /// A carrier is to bring it.
    Ready(Box<Letter>),
}

/// Judges and words it in one transaction, hands it over with none open (X10), and writes down what was said in another. A worker
/// that dies in between leaves it waiting: the same message goes again, under the same id.
pub async fn deliver(here: &Here, carriers: &Carriers, id: Uuid) -> Result<(), Fault> {
    match host::write!(here.db, async |tx| { begin_in(tx, here, id).await })? {
        Begun::Nothing => Ok(()),
        Begun::Ended(medium, verdict) => {
            told(id, medium, verdict);
            Ok(())
        }
        Begun::Ready(letter) => {
            let answer = carriers.carry(here, &letter).await;
            let next = next(answer, letter.tried, here.clock.now());
            host::write!(here.db, async |tx| { settle_in(tx, here, &letter, &next).await })?;
            said(&letter, &next);
            Ok(())
        }
    }
}

/// Leaves a delivery for the worker of its channel.
pub(super) fn enqueue_in(tx: &mut Tx, id: Uuid, medium: Medium, at: Timestamp) -> Result<(), Fault> {
    match medium {
        Medium::Email => tx.enqueue(&Deliver { delivery: id }, at),
        Medium::Sms => tx.enqueue(&DeliverSms { delivery: id }, at),
    }
}

/// Judges by what is true now (N6). What the development outbox shows and nothing else carries is sent with that.
async fn begin_in(tx: &mut Tx, here: &Here, id: Uuid) -> Result<Begun, Fault> {
    let Some(mut waiting) = deliveries::lock_waiting(tx, id).await? else { return Ok(Begun::Nothing) };
    count_in(tx, &mut waiting).await?;
    let transport = carriers::transport(here, waiting.medium);
    let verdict = judge(&waiting.due, tx.now(), transport);
    if verdict == Verdict::Send {
        let link = waiting.link.as_ref().map(|link| format!("{}{link}", here.config.public_url));
        let letter = letter(id, &waiting, link.as_deref())?;
        if transport.is_shown() {
            show_in(tx, &waiting, &letter, link.as_deref()).await?;
        }
        if transport.is_carried() {
            return Ok(Begun::Ready(Box::new(letter)));
        }
    }
    deliveries::end(tx, id, moved(verdict.verb())?, verdict.reason()).await?;
    Ok(Begun::Ended(waiting.medium, verdict))
}

/// What is told together is counted when it goes, to where its reader is by then: it was planned a day ago.
async fn count_in(tx: &mut Tx, waiting: &mut Waiting) -> Result<(), Fault> {
    let Some((bundle, to)) = Bundle::worded(&waiting.template).zip(waiting.recipient) else { return Ok(()) };
    let (count, email) = (bundles::count(tx, bundle, to, waiting.at).await?, waiting.email.take());
    (waiting.data.count, waiting.due.nothing_left) = (Some(count), count == 0 || email.is_none());
    waiting.to = email.unwrap_or_else(|| waiting.to.clone());
    Ok(())
}

fn moved(verb: &str) -> Result<DeliveryState, Fault> {
    DELIVERY.step(DeliveryState::Waiting, verb, By::Worker).ok_or_else(|| Fault::internal("a delivery has no such move"))
}

fn letter(id: Uuid, waiting: &Waiting, link: Option<&str>) -> Result<Letter, Fault> {
    let said = Said {
        template: &waiting.template,
        data: &waiting.data,
        name: Private(&waiting.name.0),
        at: waiting.at,
        until: waiting.due.expires_at,
        zone: waiting.time_zone.as_deref().unwrap_or(HOME),
    };
    Ok(Letter {
        id,
        medium: waiting.medium,
        to: waiting.to.clone(),
        message: outward(waiting.medium, waiting.locale, &said, link)?,
        at: waiting.at,
        tried: Tried { before: waiting.tries, since: waiting.at, expires_at: waiting.due.expires_at },
        is_critical: waiting.due.matter.is_critical(),
    })
}

/// Shows it in the development outbox, which is a table.
async fn show_in(tx: &mut Tx, waiting: &Waiting, letter: &Letter, link: Option<&str>) -> Result<(), Fault> {
    let outgoing = Outgoing {
        delivery: letter.id,
        medium: letter.medium,
        to: &letter.to,
        template: &waiting.template,
        message: &letter.message,
        data: &waiting.data,
        link,
    };
    outbox::put(tx, &outgoing).await
}

/// Ends the delivery or puts it off. What is critical goes by SMS where no e-mail reaches them (N5).
async fn settle_in(tx: &mut Tx, here: &Here, letter: &Letter, next: &Next) -> Result<(), Fault> {
    match next {
        Next::Sent => deliveries::end(tx, letter.id, moved("send")?, None).await,
        Next::Again { at, reason } => {
            moved("wait")?;
            if deliveries::put_off(tx, letter.id, reason).await? {
                enqueue_in(tx, letter.id, letter.medium, *at)?;
            }
            Ok(())
        }
        Next::Failed { reason } => {
            deliveries::end(tx, letter.id, moved("fail")?, Some(reason)).await?;
            let other = here.ids.uuid();
            if letter.medium == Medium::Email && letter.is_critical && deliveries::repeat_by_sms(tx, letter.id, other).await? {
                enqueue_in(tx, other, Medium::Sms, tx.now())?;
            }
            Ok(())
        }
    }
}

/// Tells whoever watches over the platform how a delivery ended before any carrier saw it.
fn told(id: Uuid, medium: Medium, verdict: Verdict) {
    if verdict == Verdict::STRANDED {
        tracing::error!(delivery = %id, channel = medium.name(), "a message went nowhere: there is no transport for it");
        metrics::counter!("nexgate_deliveries_stranded_total", "channel" => medium.name()).increment(1);
    }
    let outcome = match verdict {
        Verdict::Send => "sent",
        Verdict::Expire => "expired",
        Verdict::Fail(_) => "failed",
    };
    count(medium, outcome);
}

/// The same of what a carrier said. Its reason names nobody.
fn said(letter: &Letter, next: &Next) {
    let (delivery, channel) = (letter.id, letter.medium.name());
    match next {
        Next::Sent => {
            count(letter.medium, "sent");
            if letter.medium == Medium::Sms {
                // What the aggregator asks money for.
                let parts = u64::try_from(sms::segments(&letter.message.body)).unwrap_or(u64::MAX);
                metrics::counter!("nexgate_sms_segments_total").increment(parts);
            }
        }
        Next::Again { reason, .. } => {
            tracing::warn!(%delivery, channel, reason, "a message isn't taken yet, and is tried again");
            count(letter.medium, "retried");
        }
        Next::Failed { reason } => {
            tracing::warn!(%delivery, channel, reason, "a message was refused");
            count(letter.medium, "failed");
        }
    }
}

fn count(medium: Medium, outcome: &'static str) {
    metrics::counter!("nexgate_deliveries_total", "channel" => medium.name(), "outcome" => outcome).increment(1);
}
