//! Asks: a typed call to a neighbour in this node, or a request to the node that mounts it.

pub(crate) mod badge;
mod wire;

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

use kernel::{Ask, Fault, Kind};

use crate::{
    here::Here,
    revoked::EndedSessions,
    service::{Answerer, Erased, Service},
    token::{RenewSession, SigningKeys},
};

pub(crate) use wire::{Answered, Asked, LARGEST, Wire};

/// How long an ask may take before its effect counts as unknown.
const DEADLINE: Duration = Duration::from_secs(5);

/// This service's neighbours.
#[derive(Clone)]
pub struct Peers {
    service: &'static str,
    /// What this service said it asks; `None` for the command line, which may ask anything and takes its time.
    declared: Option<Arc<[&'static str]>>,
    directory: Directory,
}

/// Who answers what in this node, filled once, when every service is there; and where all others are.
#[derive(Clone)]
pub(crate) struct Directory {
    here: Arc<OnceLock<HashMap<&'static str, (Here, Answerer)>>>,
    wire: Wire,
    /// Private addresses of other nodes, by service.
    elsewhere: Arc<BTreeMap<String, String>>,
}

impl Peers {
    pub(crate) fn new(service: &Service, directory: Directory) -> Self {
        Self { service: service.name, declared: Some(service.asks.clone().into()), directory }
    }

    /// The node's own, to check tokens with.
    pub(crate) fn of_the_door(directory: Directory) -> Self {
        Self { service: "node", declared: Some([SigningKeys::NAME, EndedSessions::NAME, RenewSession::NAME].into()), directory }
    }

    pub(crate) fn of_the_command_line(directory: Directory) -> Self {
        Self { service: "node", declared: None, directory }
    }

    /// Asks the neighbour that answers `A` and waits for its answer.
    ///
    /// A deadline that passes is `Unavailable`: whether a command had its effect is unknown, so it is repeated with the
    /// same reference, never assumed to have failed (X10). So is a fault of the neighbour's own: nobody but it is broken.
    pub async fn ask<A: Ask>(&self, ask: A) -> Result<A::Answer, Fault> {
        if self.declared.as_ref().is_some_and(|declared| !declared.contains(&A::NAME)) {
            return Err(Fault::internal(format_args!("{} doesn't say that it asks {}", self.service, A::NAME)));
        }
        // Commands of the command line take their time: checking a ledger reads all of it.
        let patience = self.declared.as_ref().map_or(Duration::MAX, |_| DEADLINE);
        let asked = tokio::time::timeout(patience, self.directory.ask(self.service, ask, patience));
        let answer = asked.await.map_err(|_| Fault::unavailable(1, format_args!("{} took too long", A::NAME)))?;
        answer.map_err(|fault| if fault.kind() == Kind::Internal { Fault::unavailable(1, fault) } else { fault })
    }
}

impl Directory {
    pub(crate) fn new(wire: Wire, elsewhere: BTreeMap<String, String>) -> Self {
        Self { here: Arc::default(), wire, elsewhere: Arc::new(elsewhere) }
    }

    pub(crate) fn fill(&self, answers: HashMap<&'static str, (Here, Answerer)>) {
        // Filled by the one node that owns it, once.
        let _ = self.here.set(answers);
    }

    /// Who answers an ask of this name here.
    pub(crate) fn find(&self, name: &str) -> Option<(Here, Answerer)> {
        self.here.get().and_then(|answers| answers.get(name)).cloned()
    }

    async fn ask<A: Ask>(&self, caller: &'static str, ask: A, patience: Duration) -> Result<A::Answer, Fault> {
        if let Some((here, answer)) = self.find(A::NAME) {
            let answered = (answer.typed)(here, Box::new(ask) as Erased).await?;
            return answered
                .downcast()
                .map(|answer| *answer)
                .map_err(|_| Fault::internal(format_args!("{} has two types", A::NAME)));
        }
        let service = A::NAME.split('.').next().unwrap_or_default();
        let Some(url) = self.elsewhere.get(service) else {
            return Err(Fault::unavailable(5, format_args!("nobody answers {}", A::NAME)));
        };
        self.wire.ask(caller, url, ask, patience).await
    }
}

impl fmt::Debug for Peers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Peers of {}", self.service)
    }
}
