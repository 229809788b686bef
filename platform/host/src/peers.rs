//! Asks: a typed call to the neighbour mounted in this node.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

use kernel::{Ask, Fault};

use crate::{
    here::Here,
    service::{Answerer, Erased, Service},
};

/// How long an ask may take before its effect counts as unknown.
const DEADLINE: Duration = Duration::from_secs(5);

/// This service's neighbours.
#[derive(Clone)]
pub struct Peers {
    service: &'static str,
    /// What this service said it asks; `None` for the node itself, which may ask anything.
    declared: Option<Arc<[&'static str]>>,
    directory: Directory,
}

/// Who answers what in this node; filled once, when every service is there.
#[derive(Clone, Default)]
pub(crate) struct Directory(Arc<OnceLock<HashMap<&'static str, (Here, Answerer)>>>);

impl Peers {
    pub(crate) fn new(service: &Service, directory: Directory) -> Self {
        Self { service: service.name, declared: Some(service.asks.clone().into()), directory }
    }

    pub(crate) fn of_the_node(directory: Directory) -> Self {
        Self { service: "node", declared: None, directory }
    }

    /// Asks the neighbour that answers `A` and waits for its answer.
    ///
    /// A deadline that passes is `Unavailable`: whether a command had its effect is unknown, so it is repeated with the
    /// same reference, never assumed to have failed (X10).
    pub async fn ask<A: Ask>(&self, ask: A) -> Result<A::Answer, Fault> {
        if self.declared.as_ref().is_some_and(|declared| !declared.contains(&A::NAME)) {
            return Err(Fault::internal(format_args!("{} doesn't say that it asks {}", self.service, A::NAME)));
        }
        let (here, answer) = self.directory.find(A::NAME)?;
        // Commands of the command line take their time: checking a ledger reads all of it.
        let patience = self.declared.as_ref().map_or(Duration::MAX, |_| DEADLINE);
        let asked = tokio::time::timeout(patience, answer(here, Box::new(ask) as Erased));
        let answered = asked.await.map_err(|_| Fault::unavailable(1, format_args!("{} took too long", A::NAME)))??;
        answered.downcast().map(|answer| *answer).map_err(|_| Fault::internal(format_args!("{} has two types", A::NAME)))
    }
}

impl Directory {
    pub(crate) fn fill(&self, answers: HashMap<&'static str, (Here, Answerer)>) {
        // Filled by the one node that owns it, once.
        let _ = self.0.set(answers);
    }

    fn find(&self, name: &str) -> Result<(Here, Answerer), Fault> {
        let found = self.0.get().and_then(|answers| answers.get(name));
        found.cloned().ok_or_else(|| Fault::unavailable(5, format_args!("nobody answers {name}")))
    }
}

impl fmt::Debug for Peers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Peers of {}", self.service)
    }
}
