//! `Service`: what one service is made of, as its `service()` lists it.

use std::{any::Any, collections::BTreeMap, future::Future, sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use kernel::{Ask, Fact, Fault, Job, Sealed};
use serde::de::DeserializeOwned;
use serde_json::value::{RawValue, to_raw_value};
use sqlx::migrate::Migrator;
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use crate::{
    bus::{Addressee, Effect, Heard},
    config::Config,
    db::Tx,
    here::Here,
    http::Pages,
    seal,
    trace::Traced,
};

pub(crate) type Erased = Box<dyn Any + Send>;
type Answered<T> = BoxFuture<'static, Result<T, Fault>>;
type Answer<T> = Arc<dyn Fn(Here, T) -> Answered<T> + Send + Sync>;
pub(crate) type Runner = Arc<dyn Fn(Here, String) -> BoxFuture<'static, Result<(), Fault>> + Send + Sync>;
pub(crate) type Ticker = Arc<dyn Fn(Here) -> BoxFuture<'static, Result<(), Fault>> + Send + Sync>;
pub(crate) type Reteller = Arc<dyn Fn(Here, Addressee) -> BoxFuture<'static, Result<u64, Fault>> + Send + Sync>;
type HearsOne = Arc<dyn for<'a> Fn(&'a mut Tx, &'a Here, Uuid, &'a str) -> BoxFuture<'a, Result<(), Fault>> + Send + Sync>;
type HearsMany =
    Arc<dyn for<'a> Fn(&'a mut Tx, &'a Here, Vec<Traced<(Uuid, &'a str)>>) -> BoxFuture<'a, Result<(), Fault>> + Send + Sync>;

/// How a fact is heard.
#[derive(Clone)]
pub(crate) enum Hearer {
    One(HearsOne),
    Many(HearsMany),
}

/// A handler of a fact: `async fn(tx: &mut Tx, here: &Here, fact: F) -> Result<(), Fault>`.
///
/// Its effect commits together with the mark that the fact was heard. It must not ask; what needs an ask enqueues a job.
pub trait Hear<'a, F>: Fn(&'a mut Tx, &'a Here, F) -> Self::Done {
    type Done: Future<Output = Result<(), Fault>> + Send + 'a;
}
impl<'a, F, H, D> Hear<'a, F> for H
where
    H: Fn(&'a mut Tx, &'a Here, F) -> D,
    D: Future<Output = Result<(), Fault>> + Send + 'a,
{
    type Done = D;
}

/// A handler of a fact that comes in numbers: `async fn(tx: &mut Tx, here: &Here, facts: Vec<Traced<F>>) -> Result<(), Fault>`.
///
/// It hears those that came together at once. Where it fails, it hears each of them by itself.
pub trait HearTogether<'a, F>: Fn(&'a mut Tx, &'a Here, Vec<Traced<F>>) -> Self::Done {
    type Done: Future<Output = Result<(), Fault>> + Send + 'a;
}
impl<'a, F, H, D> HearTogether<'a, F> for H
where
    H: Fn(&'a mut Tx, &'a Here, Vec<Traced<F>>) -> D,
    D: Future<Output = Result<(), Fault>> + Send + 'a,
{
    type Done = D;
}

/// A page of what a service tells again: `async fn(tx: &mut Tx, after: Option<K>) -> Result<Option<K>, Fault>`.
///
/// It publishes the facts that say how a few things are now, and answers the key of the last one, or `None` where it found
/// nothing more.
pub trait Page<'a, K>: Fn(&'a mut Tx, Option<K>) -> Self::Done {
    type Done: Future<Output = Result<Option<K>, Fault>> + Send + 'a;
}
impl<'a, K, H, D> Page<'a, K> for H
where
    H: Fn(&'a mut Tx, Option<K>) -> D,
    D: Future<Output = Result<Option<K>, Fault>> + Send + 'a,
{
    type Done = D;
}

/// What answers an ask: for a neighbour in this node, and for one that sends JSON.
#[derive(Clone)]
pub(crate) struct Answerer {
    pub typed: Answer<Erased>,
    pub json: Answer<Box<RawValue>>,
}

/// Work of a job with its patience.
#[derive(Clone)]
pub(crate) struct Work {
    pub run: Runner,
    pub tries: u16,
    pub patience: Duration,
}

/// Work on a clock.
#[derive(Clone)]
pub(crate) struct Tick {
    pub name: &'static str,
    pub every: Duration,
    pub run: Ticker,
}

/// Whether a service's table can be read.
type Readable = fn(&Config, &str) -> Result<(), Fault>;

/// One service, as the app mounts it.
pub struct Service {
    pub(crate) name: &'static str,
    pub(crate) migrator: Migrator,
    pub(crate) api: OpenApiRouter<Here>,
    pub(crate) web: Pages,
    pub(crate) answers: BTreeMap<&'static str, Answerer>,
    pub(crate) asks: Vec<&'static str>,
    pub(crate) tells: BTreeMap<&'static str, Sealed>,
    pub(crate) retells: Vec<Reteller>,
    pub(crate) hears: BTreeMap<&'static str, Heard>,
    pub(crate) jobs: BTreeMap<&'static str, Work>,
    pub(crate) ticks: Vec<Tick>,
    pub(crate) settings: Option<Readable>,
}

impl Service {
    /// `name` is the schema, the role's suffix and the prefix of its facts and asks.
    pub fn new(name: &'static str, migrator: Migrator) -> Self {
        Self {
            name,
            migrator,
            api: OpenApiRouter::new(),
            web: axum::Router::new().into(),
            answers: BTreeMap::new(),
            asks: Vec::new(),
            tells: BTreeMap::new(),
            retells: Vec::new(),
            hears: BTreeMap::new(),
            jobs: BTreeMap::new(),
            ticks: Vec::new(),
            settings: None,
        }
    }

    /// Reads its table of `nexgate.toml` as this; a node doesn't start with a table that can't be read so.
    #[must_use]
    pub fn settings<S: DeserializeOwned + Default>(mut self) -> Self {
        self.settings = Some(|config, service| config.section::<S>(service).map(drop));
        self
    }

    /// JSON routes, mounted under `/api/v1`.
    #[must_use]
    pub fn api(mut self, routes: OpenApiRouter<Here>) -> Self {
        self.api = self.api.merge(routes);
        self
    }

    /// Pages and other routes outside the API, mounted at `/`.
    #[must_use]
    pub fn web(mut self, pages: impl Into<Pages>) -> Self {
        self.web = self.web.and(pages.into());
        self
    }

    /// Answers an ask: `async fn(here: Here, ask: A) -> Result<A::Answer, Fault>`. An ask handler may not ask.
    #[must_use]
    pub fn answers<A, H, D>(mut self, handler: H) -> Self
    where
        A: Ask,
        H: Fn(Here, A) -> D + Clone + Send + Sync + 'static,
        D: Future<Output = Result<A::Answer, Fault>> + Send + 'static,
    {
        let same = handler.clone();
        let typed = move |here, ask: Erased| -> Answered<Erased> {
            let handler = handler.clone();
            Box::pin(async move {
                let ask = ask.downcast::<A>().map_err(|_| Fault::internal(format_args!("{} has two types", A::NAME)))?;
                handler(here, *ask).await.map(|answer| Box::new(answer) as Erased)
            })
        };
        let json = move |here, ask: Box<RawValue>| -> Answered<Box<RawValue>> {
            let handler = same.clone();
            Box::pin(async move {
                let ask = serde_json::from_str::<A>(ask.get())?;
                Ok(to_raw_value(&handler(here, ask).await?)?)
            })
        };
        self.answers.insert(A::NAME, Answerer { typed: Arc::new(typed), json: Arc::new(json) });
        self
    }

    /// Says that this service asks `A` of a neighbour; undeclared asks are refused.
    #[must_use]
    pub fn asks<A: Ask>(mut self) -> Self {
        self.asks.push(A::NAME);
        self
    }

    /// Says that this service tells `F`.
    #[must_use]
    pub fn tells<F: Fact>(mut self) -> Self {
        self.tells.insert(F::NAME, F::SEALED);
        self
    }

    /// Tells again how things are now, page by page, for a copy elsewhere that is new or was lost.
    #[must_use]
    pub fn retells<K, H>(mut self, page: H) -> Self
    where
        K: Clone + Send + Sync + 'static,
        H: for<'a> Page<'a, K> + Clone + Send + Sync + 'static,
    {
        self.retells.push(Arc::new(move |here, to| {
            let page = page.clone();
            Box::pin(async move { retell(&here, &to, page).await })
        }));
        self
    }

    /// Hears a fact.
    #[must_use]
    pub fn hears<F, H>(self, handler: H) -> Self
    where
        F: Fact,
        H: for<'a> Hear<'a, F> + Clone + Send + Sync + 'static,
    {
        self.heard_as::<F>(one::<F, H>(handler), Effect::Once)
    }

    /// The same of a fact that comes in numbers.
    #[must_use]
    pub fn hears_together<F, H>(self, handler: H) -> Self
    where
        F: Fact,
        H: for<'a> HearTogether<'a, F> + Clone + Send + Sync + 'static,
    {
        self.heard_as::<F>(many::<F, H>(handler), Effect::Once)
    }

    /// Hears a fact that says how something is now, and does nothing that telling it again would do twice: it keeps a copy of
    /// what is newer, or erases what is left.
    #[must_use]
    pub fn copies<F, H>(self, handler: H) -> Self
    where
        F: Fact,
        H: for<'a> Hear<'a, F> + Clone + Send + Sync + 'static,
    {
        self.heard_as::<F>(one::<F, H>(handler), Effect::Copy)
    }

    /// The same of a fact that comes in numbers.
    #[must_use]
    pub fn copies_together<F, H>(self, handler: H) -> Self
    where
        F: Fact,
        H: for<'a> HearTogether<'a, F> + Clone + Send + Sync + 'static,
    {
        self.heard_as::<F>(many::<F, H>(handler), Effect::Copy)
    }

    fn heard_as<F: Fact>(mut self, hear: Hearer, effect: Effect) -> Self {
        self.hears.insert(F::NAME, Heard { hear, effect, sealed: F::SEALED });
        self
    }

    /// Runs a job: `async fn(here: Here, job: J) -> Result<(), Fault>`, idempotent in its effect.
    #[must_use]
    pub fn runs<J, H, D>(mut self, handler: H) -> Self
    where
        J: Job,
        H: Fn(Here, J) -> D + Clone + Send + Sync + 'static,
        D: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        let run: Runner = Arc::new(move |here, body| {
            let handler = handler.clone();
            Box::pin(async move { handler(here, serde_json::from_str::<J>(&body)?).await })
        });
        self.jobs.insert(J::NAME, Work { run, tries: J::TRIES, patience: J::PATIENCE });
        self
    }

    /// Runs `handler` every so often, on one node at a time: `async fn(here: Here) -> Result<(), Fault>`.
    #[must_use]
    pub fn every<H, D>(mut self, every: Duration, name: &'static str, handler: H) -> Self
    where
        H: Fn(Here) -> D + Clone + Send + Sync + 'static,
        D: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        self.ticks.push(Tick { name, every, run: Arc::new(move |here| Box::pin(handler(here))) });
        self
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The names of the facts it hears.
    pub fn heard(&self) -> impl Iterator<Item = &'static str> {
        self.hears.keys().copied()
    }
}

fn one<F, H>(handler: H) -> Hearer
where
    F: Fact,
    H: for<'a> Hear<'a, F> + Send + Sync + 'static,
{
    Hearer::One(Arc::new(move |tx, here, id, body| match seal::open::<F>(&here.db.keys, here.db.service, id, body) {
        Ok(fact) => Box::pin(handler(tx, here, fact)),
        Err(fault) => Box::pin(std::future::ready(Err(fault))),
    }))
}

fn many<F, H>(handler: H) -> Hearer
where
    F: Fact,
    H: for<'a> HearTogether<'a, F> + Send + Sync + 'static,
{
    Hearer::Many(Arc::new(move |tx, here, facts| {
        let open = |(id, body)| seal::open::<F>(&here.db.keys, here.db.service, id, body);
        match facts.into_iter().map(|fact| fact.try_map(open)).collect() {
            Ok(facts) => Box::pin(handler(tx, here, facts)),
            Err(fault) => Box::pin(std::future::ready(Err(fault))),
        }
    }))
}

/// Tells everything again to one service, a page a transaction; says how many facts that made.
async fn retell<K, H>(here: &Here, to: &Addressee, page: H) -> Result<u64, Fault>
where
    K: Clone + Send + Sync + 'static,
    H: for<'a> Page<'a, K>,
{
    let (mut after, mut facts) = (None, 0);
    loop {
        let (last, told) = crate::write!(here.db, async |tx| {
            tx.tell_only(to);
            let last = page(tx, after.clone()).await?;
            Ok((last, tx.told()))
        })?;
        facts += told;
        if last.is_none() {
            return Ok(facts);
        }
        after = last;
    }
}
