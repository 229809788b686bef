//! Consuming: a service's queue into its inbox, acknowledged in groups after the commit.

use std::time::Duration;

use futures_util::{FutureExt, StreamExt};
use kernel::{Envelope, Fault, unread};
use lapin::{
    Consumer,
    message::Delivery,
    options::{BasicAckOptions, BasicConsumeOptions, BasicQosOptions},
    types::FieldTable,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    link::{Broker, Link, in_time, lost},
    topology::queue_of,
};
use crate::bus::Hearing;

/// Deliveries on their way to us that we haven't acknowledged.
const PREFETCH: u16 = 512;
/// Heard and acknowledged at once.
const GROUP: usize = 200;
/// Between two tries to reach the broker, or a database that is away.
const PAUSE: Duration = Duration::from_secs(1);

/// Hears until `stop`; a lost connection is opened again.
pub(crate) async fn run(broker: Broker, hearing: Hearing, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(fault) = consume(&broker, &hearing, &stop).await {
            tracing::warn!(service = hearing.here.db.service, %fault, "the queue is opened again");
            pause(&stop).await;
        }
    }
}

async fn consume(broker: &Broker, hearing: &Hearing, stop: &CancellationToken) -> Result<(), Fault> {
    let service = hearing.here.db.service;
    let link = broker.connect(&format!("nexgate {service}")).await?;
    in_time(link.channel.basic_qos(PREFETCH, BasicQosOptions::default())).await.map_err(lost)?;
    let queue = queue_of(service);
    let consumer =
        link.channel.basic_consume(queue.into(), service.into(), BasicConsumeOptions::default(), FieldTable::default());
    let mut consumer = in_time(consumer).await.map_err(lost)?;
    while let Some(group) = next_group(&mut consumer, stop).await? {
        if !hear(hearing, &group, &link, stop).await? {
            break;
        }
    }
    link.close().await;
    Ok(())
}

/// The next delivery and those that are there with it; `None` when it is time to stop.
async fn next_group(consumer: &mut Consumer, stop: &CancellationToken) -> Result<Option<Vec<Delivery>>, Fault> {
    let first = tokio::select! {
        () = stop.cancelled() => return Ok(None),
        first = consumer.next() => first,
    };
    let mut group = vec![taken(first)?];
    while group.len() < GROUP
        && let Some(next) = consumer.next().now_or_never()
    {
        group.push(taken(next)?);
    }
    Ok(Some(group))
}

fn taken(delivery: Option<lapin::Result<Delivery>>) -> Result<Delivery, Fault> {
    delivery.ok_or_else(|| lost("the queue was closed".to_owned()))?.map_err(|error| lost(error.to_string()))
}

/// Hears a group and acknowledges it; false when it is time to stop before that was possible. A database that is away is
/// waited for with the group in hand: giving it back would count against its facts.
async fn hear(hearing: &Hearing, group: &[Delivery], link: &Link, stop: &CancellationToken) -> Result<bool, Fault> {
    while let Err(fault) = heard(hearing, group).await {
        tracing::warn!(service = hearing.here.db.service, %fault, "facts wait for their inbox");
        if !link.is_open() {
            return Err(lost("it went away meanwhile".to_owned()));
        }
        pause(stop).await;
        if stop.is_cancelled() {
            return Ok(false);
        }
    }
    if let Some(last) = group.last() {
        in_time(link.channel.basic_ack(last.delivery_tag, BasicAckOptions { multiple: true })).await.map_err(lost)?;
    }
    Ok(true)
}

async fn heard(hearing: &Hearing, group: &[Delivery]) -> Result<(), Fault> {
    let mut facts = Vec::with_capacity(group.len());
    for delivery in group {
        match read(&delivery.data) {
            Ok(fact) if hearing.knows(&fact.name) => facts.push(fact),
            Ok(fact) => hearing.leave(&fact).await?,
            Err(error) => park_unreadable(hearing, delivery, &error).await?,
        }
    }
    hearing.hear(&facts.iter().collect::<Vec<_>>()).await
}

/// The fact in a message. Its data is read too: what may stand in JSON and can't be kept (half a surrogate pair, a number without
/// end, brackets without end) would otherwise fail when it is kept, and block what comes after it.
fn read(message: &[u8]) -> serde_json::Result<Envelope> {
    let fact: Envelope = serde_json::from_slice(message)?;
    serde_json::from_str::<serde_json::Value>(fact.data.get())?;
    Ok(fact)
}

/// A message that is no fact is kept as it came, under its own id where it has one.
async fn park_unreadable(hearing: &Hearing, delivery: &Delivery, error: &serde_json::Error) -> Result<(), Fault> {
    let given = delivery.properties.message_id().as_ref().and_then(|id| id.as_str().parse::<Uuid>().ok());
    let id = given.unwrap_or_else(|| hearing.here.ids.uuid());
    let message = serde_json::json!({ "unreadable": String::from_utf8_lossy(&delivery.data) });
    hearing.park(id, delivery.routing_key.as_str(), message, &unread(error)).await
}

pub(super) async fn pause(stop: &CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(PAUSE) => {}
    }
}
