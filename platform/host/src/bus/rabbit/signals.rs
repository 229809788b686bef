//! Signals over the broker: a fanout exchange, and for every node a queue that lives as long as its connection.

use futures_util::StreamExt;
use kernel::{Fault, unread};
use lapin::{
    BasicProperties, Channel, Consumer, ExchangeKind,
    options::{BasicConsumeOptions, BasicPublishOptions, QueueBindOptions, QueueDeclareOptions},
    types::{AMQPValue, FieldTable},
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{
    consume::pause,
    link::{Broker, in_time, lost},
    topology::exchange,
};
use crate::signal::{Signals, Word};

const SIGNALS: &str = "nexgate.signals";
/// Milliseconds after which a signal is old news.
const FRESH: i32 = 10_000;
/// Signals that wait for one node; older ones make room.
const WAITING: i32 = 1_000;

/// Carries signals until `stop`; what is said while the broker is away is lost.
pub(crate) async fn run(broker: Broker, signals: Signals, stop: CancellationToken) {
    let mut outgoing = signals.outgoing();
    while !stop.is_cancelled() {
        if let Err(fault) = carry(&broker, &signals, &mut outgoing, &stop).await {
            tracing::debug!(%fault, "signals are lost for a while");
            pause(&stop).await;
        }
    }
}

async fn carry(
    broker: &Broker,
    signals: &Signals,
    outgoing: &mut mpsc::Receiver<Word>,
    stop: &CancellationToken,
) -> Result<(), Fault> {
    let link = broker.connect("nexgate signals").await?;
    let mut incoming = subscribe(&link.channel).await?;
    // What waited for the broker is old news.
    while outgoing.try_recv().is_ok() {}
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            word = outgoing.recv() => match word {
                Some(word) => publish(&link.channel, &word).await?,
                None => break,
            },
            delivery = incoming.next() => {
                let delivery = delivery.ok_or_else(|| lost("the queue was closed".to_owned()))?;
                hear(signals, &delivery.map_err(|error| lost(error.to_string()))?.data);
            }
        }
    }
    link.close().await;
    Ok(())
}

async fn subscribe(channel: &Channel) -> Result<Consumer, Fault> {
    exchange(channel, SIGNALS, ExchangeKind::Fanout).await?;
    let mut limits = FieldTable::default();
    limits.insert("x-message-ttl".into(), AMQPValue::LongInt(FRESH));
    limits.insert("x-max-length".into(), AMQPValue::LongInt(WAITING));
    let ours = QueueDeclareOptions { exclusive: true, auto_delete: true, ..QueueDeclareOptions::default() };
    let queue = in_time(channel.queue_declare("".into(), ours, limits)).await.map_err(lost)?;
    let (name, none) = (queue.name().clone(), FieldTable::default());
    in_time(channel.queue_bind(name.clone(), SIGNALS.into(), "".into(), QueueBindOptions::default(), none.clone()))
        .await
        .map_err(lost)?;
    let unacknowledged = BasicConsumeOptions { no_ack: true, ..BasicConsumeOptions::default() };
    in_time(channel.basic_consume(name, "signals".into(), unacknowledged, none)).await.map_err(lost)
}

/// Without a confirm: nobody would say it again.
async fn publish(channel: &Channel, word: &Word) -> Result<(), Fault> {
    let (body, properties) = (serde_json::to_vec(word)?, BasicProperties::default());
    let sent = channel.basic_publish(SIGNALS.into(), "".into(), BasicPublishOptions::default(), &body, properties);
    in_time(sent).await.map_err(lost).map(drop)
}

/// Our own come back as well: hearing a signal twice is hearing it.
fn hear(signals: &Signals, data: &[u8]) {
    match serde_json::from_slice(data) {
        Ok(word) => signals.hear(&word),
        Err(error) => tracing::debug!(error = unread(&error), "no signal"),
    }
}
