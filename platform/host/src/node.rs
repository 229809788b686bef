//! `Node`: services put together in one process, started, driven and stopped.

use std::{collections::HashMap, net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use kernel::{Ask, Clock, Envelope, Fault};
use sqlx::{PgPool, postgres::PgConnectOptions};
use tokio::{net::TcpListener, sync::Semaphore};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    bus::{self, Bus, Ear},
    config::Config,
    db::{self, Db, Wake},
    here::Here,
    http::{self, Gate, Mounted},
    ids::Ids,
    jobs::{self, Workers},
    peers::{Directory, Peers},
    service::Service,
    telemetry,
    token::Verifier,
};

/// How long a stopping node waits: half for its connections, half for the writes it has begun.
const GRACE: Duration = Duration::from_secs(20);

/// A set of services running together.
pub struct Node {
    router: Router,
    bus: Bus,
    workers: Workers,
    wake: Wake,
    peers: Peers,
    tracker: TaskTracker,
    kernel: PgPool,
}

impl Node {
    /// Applies every migration these services have.
    pub async fn migrate(config: &Config, services: &[Service]) -> Result<(), Fault> {
        db::migrate(&options(config)?, services).await
    }

    /// The checksums of every migration, in the order they are applied: two equal lists make equal schemas.
    pub fn migrations(services: &[Service]) -> Vec<Vec<u8>> {
        db::checksums(services)
    }

    /// How many migrations are missing.
    pub async fn pending(config: &Config, services: &[Service]) -> Result<usize, Fault> {
        db::pending(&options(config)?, services).await
    }

    /// Puts the services together. Refuses asks nobody answers and facts somebody waits for that nobody tells.
    pub fn new(config: Config, clock: Clock, ids: Ids, services: Vec<Service>) -> Result<Self, Fault> {
        check(&services)?;
        Self::unchecked(config, clock, ids, services)
    }

    /// The same for a test of a few services whose other neighbours it plays itself.
    pub fn unchecked(config: Config, clock: Clock, ids: Ids, services: Vec<Service>) -> Result<Self, Fault> {
        let options = options(&config)?;
        let config = Arc::new(config);
        let kernel = db::pool(options.clone(), None, 8);
        let (wake, directory) = (Wake::default(), Directory::default());
        let mut parts = Parts::default();
        for service in services {
            let pool = db::pool(options.clone(), Some(service.name), config.limits.connections);
            let here = Here {
                db: Db { service: service.name, pool, clock: clock.clone(), ids: ids.clone(), wake: wake.clone() },
                peers: Peers::new(&service, directory.clone()),
                clock: clock.clone(),
                ids: ids.clone(),
                config: config.clone(),
            };
            parts.add(here, service);
        }
        directory.fill(parts.answers);
        let peers = Peers::of_the_node(directory);
        let tracker = TaskTracker::new();
        let gate = Gate {
            verifier: Verifier::new(peers.clone(), clock.clone(), config.public_url.clone()),
            in_flight: Arc::new(Semaphore::new(config.limits.in_flight)),
            tracker: tracker.clone(),
            ready: kernel.clone(),
            metrics: telemetry::metrics(),
            config: config.clone(),
        };
        Ok(Self {
            router: http::router(gate, parts.mounted),
            bus: Bus::new(kernel.clone(), clock.clone(), parts.ears),
            workers: Workers { pool: kernel.clone(), clock, works: Arc::new(parts.works), ticks: parts.ticks.into() },
            wake,
            peers,
            tracker,
            kernel,
        })
    }

    /// Every route of this node.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Asks one of this node's services, for commands of the command line.
    pub async fn ask<A: Ask>(&self, ask: A) -> Result<A::Answer, Fault> {
        self.peers.ask(ask).await
    }

    /// Serves until `stop`, then finishes what has begun.
    pub async fn serve(self, listener: TcpListener, stop: CancellationToken) -> Result<(), Fault> {
        let background = TaskTracker::new();
        background.spawn(bus::run(self.bus.clone(), self.wake.facts.clone(), stop.clone()));
        background.spawn(jobs::run(self.workers.clone(), self.wake.jobs.clone(), stop.clone()));
        background.spawn(crate::sweep::run(self.kernel.clone(), self.workers.clock.clone(), stop.clone()));
        background.close();
        let address = listener.local_addr().map_err(Fault::internal)?;
        tracing::info!(at = %format_args!("http://{address}"), "serving");
        let router = self.router.into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned());
        let served = tokio::select! {
            served = served => served.map_err(Fault::internal),
            () = async { stop.cancelled().await; tokio::time::sleep(GRACE / 2).await } => Ok(()),
        };
        self.tracker.close();
        let finished = async { tokio::join!(self.tracker.wait(), background.wait()) };
        if tokio::time::timeout(GRACE / 2, finished).await.is_err() {
            tracing::warn!("some work was still running when the node stopped");
        }
        served
    }

    /// Delivers facts, works off due jobs and clock jobs until nothing is left to do now. For tests, which run no loops.
    pub async fn settle(&self) -> Result<(), Fault> {
        loop {
            let now = self.workers.clock.now();
            // Facts that wait for another are tried at once: a test's clock stands still.
            let retry = self.bus.retry(now.plus(Duration::from_hours(1))).await?;
            let moved = self.bus.relay().await? + self.workers.tick(now).await? + self.workers.work(now).await?;
            if moved + retry == 0 {
                return Ok(());
            }
        }
    }

    /// Brings one fact to its hearers, as a broker would that delivers again.
    pub async fn deliver(&self, envelope: &Envelope) -> Result<(), Fault> {
        self.bus.deliver(envelope).await
    }

    /// Every fact told in this database, oldest first.
    pub async fn told(&self) -> Result<Vec<Envelope>, Fault> {
        self.bus.told().await
    }

    /// Gives parked facts another round of tries; says how many.
    pub async fn replay(&self, service: Option<&str>) -> Result<u64, Fault> {
        self.bus.replay(service).await
    }

    /// The API document of these services.
    pub fn openapi(services: Vec<Service>) -> utoipa::openapi::OpenApi {
        http::document(services.into_iter().map(|service| service.api))
    }
}

/// The services taken apart into what each machine needs.
#[derive(Default)]
struct Parts {
    answers: HashMap<&'static str, (Here, crate::service::Answerer)>,
    ears: HashMap<&'static str, Vec<Ear>>,
    works: jobs::Works,
    ticks: Vec<(Here, crate::service::Tick)>,
    mounted: Vec<Mounted>,
}

impl Parts {
    fn add(&mut self, here: Here, service: Service) {
        self.answers.extend(service.answers.into_iter().map(|(name, answer)| (name, (here.clone(), answer))));
        for (name, hear) in service.hears {
            self.ears.entry(name).or_default().push(Ear { here: here.clone(), hear });
        }
        self.works.extend(service.jobs.into_iter().map(|(name, work)| ((service.name, name), (here.clone(), work))));
        self.ticks.extend(service.ticks.into_iter().map(|tick| (here.clone(), tick)));
        self.mounted.push(Mounted { here, api: service.api, web: service.web });
    }
}

/// The start-up check: in one process every ask needs its handler, and every fact heard its teller.
fn check(services: &[Service]) -> Result<(), Fault> {
    let answered = |name: &&str| services.iter().any(|service| service.answers.contains_key(name));
    let told = |name: &&str| services.iter().any(|service| service.tells.contains(name));
    if let Some(name) = services.iter().flat_map(|service| &service.asks).find(|name| !answered(name)) {
        return Err(Fault::internal(format_args!("nobody answers {name}")));
    }
    if let Some(name) = services.iter().flat_map(|service| service.hears.keys()).find(|name| !told(name)) {
        return Err(Fault::internal(format_args!("nobody tells {name}")));
    }
    Ok(())
}

fn options(config: &Config) -> Result<PgConnectOptions, Fault> {
    let url = config.database_url.as_deref().ok_or_else(|| Fault::internal("no database"))?;
    url.parse().map_err(|error| Fault::internal(format_args!("DATABASE_URL: {error}")))
}
