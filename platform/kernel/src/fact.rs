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
    /// What of it only one service may read (X13).
    const SEALED: Sealed = Sealed::NOTHING;
}

/// Fields of a fact that travel sealed, and the one service that opens them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    pub reader: &'static str,
    /// Texts at the top of the fact's JSON.
    pub fields: &'static [&'static str],
}

impl Sealed {
    pub const NOTHING: Self = Self { reader: "", fields: &[] };
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
    /// What it is part of: W3C trace context, as the CloudEvents extension of distributed tracing has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
    /// The one service it is for: a fact told again for a copy that was lost. An extension of our own.
    #[serde(default, rename = "onlyfor", skip_serializing_if = "Option::is_none")]
    pub only_for: Option<String>,
    pub data: Box<RawValue>,
}

impl Envelope {
    pub fn new(id: Uuid, source: &str, name: &str, time: Timestamp, data: Box<RawValue>) -> Self {
        let (specversion, source, name) = ("1.0".into(), source.into(), name.into());
        Self { specversion, id, source, name, time, traceparent: None, only_for: None, data }
    }

    #[must_use]
    pub fn only_for(mut self, service: Option<String>) -> Self {
        self.only_for = service;
        self
    }

    #[must_use]
    pub fn within(mut self, traceparent: Option<String>) -> Self {
        self.traceparent = traceparent;
        self
    }
}
