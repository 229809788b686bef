//! What stands at the broker: one exchange, a durable queue for every service that hears, and one for what nobody could take.

use std::collections::BTreeMap;

use lapin::{
    Channel, ExchangeKind,
    options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions},
    types::{AMQPValue, FieldTable, LongString},
};

use super::link::{in_time, lost};
use crate::service::Service;
use kernel::Fault;

/// Facts go in here, by their name as routing key.
pub(super) const FACTS: &str = "nexgate.facts";
/// What a queue gave up on goes here: the last net, normally empty.
pub(super) const DEAD: &str = "nexgate.dead";
/// Deliveries of one message before the broker gives it up. We store what fails, so only a crash delivers again.
const DELIVERIES: i64 = 100;

/// Every service with the facts it hears, mounted here or not: a queue stands before its service first runs.
#[derive(Debug, Clone)]
pub(crate) struct Topology {
    hears: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Topology {
    pub fn of(services: &[Service]) -> Self {
        let hears = services.iter().filter(|service| !service.hears.is_empty());
        Self { hears: hears.map(|service| (service.name, service.hears.keys().copied().collect())).collect() }
    }

    /// Declares all of it; doing so again changes nothing.
    pub async fn declare(&self, channel: &Channel) -> Result<(), Fault> {
        exchange(channel, FACTS, ExchangeKind::Topic).await?;
        exchange(channel, DEAD, ExchangeKind::Fanout).await?;
        queue(channel, DEAD, &[]).await?;
        bind(channel, DEAD, DEAD, "").await?;
        let limits = [
            ("x-delivery-limit", AMQPValue::LongLongInt(DELIVERIES)),
            ("x-dead-letter-exchange", AMQPValue::LongString(DEAD.into())),
        ];
        for (service, names) in &self.hears {
            queue(channel, &queue_of(service), &limits).await?;
            for name in names {
                bind(channel, &queue_of(service), FACTS, name).await?;
            }
        }
        Ok(())
    }
}

/// The queue of a service.
pub(super) fn queue_of(service: &str) -> String {
    format!("nexgate.{service}")
}

pub(super) async fn exchange(channel: &Channel, name: &str, kind: ExchangeKind) -> Result<(), Fault> {
    let options = ExchangeDeclareOptions { durable: true, ..ExchangeDeclareOptions::default() };
    in_time(channel.exchange_declare(name.into(), kind, options, FieldTable::default())).await.map_err(lost)
}

/// A quorum queue: replicated, on disk before it is confirmed, and it counts deliveries.
async fn queue(channel: &Channel, name: &str, more: &[(&str, AMQPValue)]) -> Result<(), Fault> {
    let mut arguments = FieldTable::default();
    arguments.insert("x-queue-type".into(), AMQPValue::LongString(LongString::from("quorum")));
    for (key, value) in more {
        arguments.insert((*key).into(), value.clone());
    }
    in_time(channel.queue_declare(name.into(), QueueDeclareOptions::durable(), arguments)).await.map_err(lost).map(drop)
}

async fn bind(channel: &Channel, queue: &str, exchange: &str, key: &str) -> Result<(), Fault> {
    let bound = channel.queue_bind(queue.into(), exchange.into(), key.into(), QueueBindOptions::default(), FieldTable::default());
    in_time(bound).await.map_err(lost)
}
