//! Fact: something that happened.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::Timestamp;

/// Something that happened, in the past tense, with ids, what hearers need, and its subject's `version`.
///
/// No order is promised between facts: a copy applies only newer versions.
pub trait Fact: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `service.past_tense.vN`, also the routing key: `commerce.order_placed.v1`.
    const NAME: &'static str;
}

/// A fact on its way, in the shape of CloudEvents 1.0 JSON
/// (<https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md>).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Envelope {
    pub specversion: String,
    pub id: Uuid,
    /// The telling service.
    pub source: String,
    /// The fact's name.
    #[serde(rename = "type")]
    pub name: String,
    pub time: Timestamp,
    pub data: Box<RawValue>,
}

impl Envelope {
    pub fn new(id: Uuid, source: &str, name: &str, time: Timestamp, data: Box<RawValue>) -> Self {
        Self { specversion: "1.0".into(), id, source: source.into(), name: name.into(), time, data }
    }
}
