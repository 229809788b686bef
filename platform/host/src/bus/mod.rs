//! Facts on their way: from the outbox, by a carrier, to the inbox of every service that hears them.

pub(crate) mod inbox;
mod local;
pub(crate) mod rabbit;
pub(crate) mod relay;
mod retell;

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Envelope, Fault, Sealed};

use crate::{here::Here, service::Hearer};

pub(crate) use inbox::Inbox;
pub use inbox::Parked;
pub(crate) use relay::{Relay, again};
pub(crate) use retell::{Addressee, Retelling};

/// What hearing a fact does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Something that must happen once.
    Once,
    /// It keeps what the fact says of now: it may be told again.
    Copy,
}

/// A fact as one service hears it.
#[derive(Clone)]
pub(crate) struct Heard {
    pub hear: Hearer,
    pub effect: Effect,
    pub sealed: Sealed,
}

/// One service with what it hears.
#[derive(Clone)]
pub(crate) struct Hearing {
    pub here: Here,
    pub hears: Arc<BTreeMap<&'static str, Heard>>,
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
