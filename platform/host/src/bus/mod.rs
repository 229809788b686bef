//! Facts on their way: from the outbox, by a carrier, to the inbox of every service that hears them.

pub(crate) mod inbox;
mod local;
pub(crate) mod rabbit;
pub(crate) mod relay;

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Envelope, Fault};

use crate::{here::Here, service::Hearer};

pub(crate) use inbox::Inbox;
pub use inbox::Parked;
pub(crate) use relay::Relay;

/// One service with what it hears.
#[derive(Clone)]
pub(crate) struct Hearing {
    pub here: Here,
    pub hears: Arc<BTreeMap<&'static str, Hearer>>,
}

/// What brings facts from the relay to those who hear them.
#[derive(Clone)]
pub(crate) enum Carrier {
    /// Inside this node, where everybody who hears anything is mounted.
    Local(Arc<[Hearing]>),
    /// Over a broker, to wherever they are.
    Rabbit(rabbit::Publisher),
}

impl Carrier {
    /// Takes these facts along; Ok means that they can't be lost any more.
    pub async fn carry(&self, facts: &[Envelope]) -> Result<(), Fault> {
        match self {
            Self::Local(hearings) => local::carry(hearings, facts).await,
            Self::Rabbit(publisher) => publisher.carry(facts).await,
        }
    }
}
