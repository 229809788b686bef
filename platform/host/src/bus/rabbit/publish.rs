//! Publishing with confirms: a fact counts as sent when the broker has it on disk.

use std::sync::Arc;

use kernel::{Envelope, Fault};
use lapin::{
    BasicProperties, Channel, Confirmation,
    options::{BasicPublishOptions, ConfirmSelectOptions},
};
use tokio::sync::Mutex;

use super::{
    link::{Broker, Link, in_time, lost},
    topology::{FACTS, queue_of},
};

/// AMQP 0-9-1, basic.publish: the message is kept on disk.
const PERSISTENT: u8 = 2;

/// Publishes over a connection it opens when it needs one, and again when that is lost.
#[derive(Clone)]
pub(crate) struct Publisher {
    broker: Broker,
    link: Arc<Mutex<Option<Link>>>,
}

impl Publisher {
    pub fn new(broker: Broker) -> Self {
        Self { broker, link: Arc::default() }
    }

    /// Ok means that the broker has confirmed every one of them. After an error some may be there: they come again, and
    /// their hearers know them.
    pub async fn carry(&self, facts: &[Envelope]) -> Result<(), Fault> {
        let mut kept = self.link.lock().await;
        let link = match kept.take().filter(Link::is_open) {
            Some(link) => link,
            None => self.open().await?,
        };
        publish(&link.channel, facts).await?;
        *kept = Some(link);
        Ok(())
    }

    async fn open(&self) -> Result<Link, Fault> {
        let link = self.broker.connect("nexgate relay").await?;
        in_time(link.channel.confirm_select(ConfirmSelectOptions::default())).await.map_err(lost)?;
        Ok(link)
    }
}

/// All are on their way before the first confirm is waited for.
async fn publish(channel: &Channel, facts: &[Envelope]) -> Result<(), Fault> {
    let mut confirms = Vec::with_capacity(facts.len());
    for fact in facts {
        let (body, properties) = (serde_json::to_vec(fact)?, properties(fact));
        let (exchange, key) = destination(fact);
        let sent = channel.basic_publish(exchange.into(), key.into(), BasicPublishOptions::default(), &body, properties);
        confirms.push(in_time(sent).await.map_err(lost)?);
    }
    for confirm in confirms {
        match in_time(confirm).await.map_err(lost)? {
            Confirmation::Ack(_) => {}
            Confirmation::Nack(_) | Confirmation::NotRequested => {
                return Err(lost("it took a fact and didn't keep it".to_owned()));
            }
        }
    }
    Ok(())
}

/// To everybody who hears it; or straight into one queue, by the exchange without a name (AMQP 0-9-1, 3.1.3.1).
fn destination(fact: &Envelope) -> (&'static str, String) {
    match &fact.only_for {
        None => (FACTS, fact.name.clone()),
        Some(service) => ("", queue_of(service)),
    }
}

/// CloudEvents, AMQP protocol binding 1.0, structured mode.
fn properties(fact: &Envelope) -> BasicProperties {
    BasicProperties::default()
        .with_content_type("application/cloudevents+json".into())
        .with_delivery_mode(PERSISTENT)
        .with_message_id(fact.id.to_string().into())
        .with_type(fact.name.as_str().into())
}
