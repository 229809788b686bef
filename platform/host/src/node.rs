//! `Node`: services put together in one process, started, driven and stopped.

use std::{sync::Arc, time::Duration};

use axum::Router;
use futures_util::future::OptionFuture;
use kernel::{Actor, Ask, Clock, Envelope, Fact, Fault, Timestamp};
use tokio::{net::TcpListener, sync::Semaphore};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use crate::{
    bus::{Carrier, Hearing, Parked, Retelling, rabbit},
    config::Config,
    db, gauges,
    home::Home,
    house::{House, Parts, by_database, check, must_say_which},
    http::{self, Gate, listen::listen, private::Private},
    ids::Ids,
    objects::Objects,
    peers::{Directory, Peers, Wire, badge::Badges},
    revoked::Revoked,
    seal::{self, Closed},
    service::Service,
    signal::Signals,
    telemetry,
    token::Verifier,
};

/// How long a stopping node waits: half for its connections, half for the work it has begun.
const GRACE: Duration = Duration::from_secs(20);

/// A set of services running together.
pub struct Node {
    router: Router,
    gate: Arc<Gate>,
    private: Private,
    homes: Vec<Home>,
    hearings: Arc<[Hearing]>,
    broker: Option<rabbit::Broker>,
    retelling: Retelling,
    signals: Signals,
    peers: Peers,
    ids: Ids,
}

impl Node {
    /// Applies every migration the mounted services have, each in its own database.
    pub async fn migrate(config: &Config, services: &[Service]) -> Result<(), Fault> {
        must_say_which(config).map_err(Fault::internal)?;
        for (url, services) in by_database(config, services)? {
            db::migrate(&db::options(url)?, &services).await?;
        }
        Ok(())
    }

    /// The checksums of every migration, in the order they are applied: two equal lists make equal schemas.
    pub fn migrations(services: &[Service]) -> Vec<Vec<u8>> {
        db::checksums(services)
    }

    /// How many migrations are missing.
    pub async fn pending(config: &Config, services: &[Service]) -> Result<usize, Fault> {
        let mut missing = 0;
        for (url, services) in by_database(config, services)? {
            missing += db::pending(&db::options(url)?, &services).await?;
        }
        Ok(missing)
    }

    /// Puts the services together; `services` are all there are, the settings say which of them this node mounts. Refuses asks
    /// that nobody here answers and no peer is named for, and facts somebody waits for that nobody tells.
    pub fn new(config: Config, clock: Clock, ids: Ids, services: Vec<Service>) -> Result<Self, Fault> {
        check(&config, &services)?;
        Self::unchecked(config, clock, ids, services)
    }

    /// The same for a test of a few services whose other neighbours it plays itself.
    pub fn unchecked(config: Config, clock: Clock, ids: Ids, services: Vec<Service>) -> Result<Self, Fault> {
        let config = Arc::new(config);
        let badges = Badges::new(config.keys.clone(), clock.clone());
        let wire = Wire::new(badges.clone());
        let directory = Directory::new(wire.clone(), config.peers.clone());
        let broker =
            config.amqp_url.as_deref().map(|url| rabbit::Broker { url: url.into(), topology: rabbit::Topology::of(&services) });
        let (signals, closed) = (Signals::default(), Closed::of(&services));
        let mut house = House {
            config: config.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
            wire,
            directory: directory.clone(),
            signals: signals.clone(),
            objects: Objects::of(&config)?,
            parts: Parts::default(),
        };
        for service in services {
            house.take_in(service)?;
        }
        let Parts { answers, moving, mounted, retelling } = house.parts;
        directory.fill(answers);
        let hearings: Arc<[Hearing]> = moving.iter().flat_map(|home| home.hearings.iter().cloned()).collect();
        let carrier = match &broker {
            None => Carrier::Local(hearings.clone()),
            Some(broker) => Carrier::Rabbit(rabbit::Publisher::new(broker.clone())),
        };
        let homes: Vec<Home> = moving.into_iter().map(|home| home.settled(&clock, carrier.clone(), closed.clone())).collect();
        let (tracker, door) = (TaskTracker::new(), Peers::of_the_door(directory.clone()));
        let revoked = Revoked::new(door.clone(), clock.clone(), &signals);
        let gate = Arc::new(Gate {
            verifier: Verifier::new(door, clock, config.public_url.clone(), revoked),
            in_flight: Arc::new(Semaphore::new(config.limits.in_flight)),
            uploads: Arc::new(Semaphore::new(config.limits.uploads)),
            tracker: tracker.clone(),
            ready: http::Ready::of(&homes),
            metrics: telemetry::metrics(),
            config: config.clone(),
        });
        let inside = http::front::inside(&gate);
        let router = if config.roles.http { http::router(gate.clone(), mounted) } else { http::closed(gate.clone()) };
        let peers = Peers::of_the_command_line(directory.clone());
        let private = Private { directory, badges, tracker, inside };
        Ok(Self { router, gate, private, homes, hearings, broker, retelling, signals, peers, ids })
    }

    /// Every public route of this node.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// What other nodes reach of this one: asks beside the public routes.
    pub fn private_router(&self) -> Router {
        http::private::router(self.private.clone(), self.router.clone())
    }

    /// Asks one of the services, for commands of the command line.
    pub async fn ask<A: Ask>(&self, ask: A) -> Result<A::Answer, Fault> {
        self.peers.ask(ask).await
    }

    /// Who this access token speaks for, as every request finds out; for the bench.
    pub async fn actor(&self, token: &str) -> Result<Actor, Fault> {
        self.gate.verifier.actor(token).await
    }

    /// Serves until `stop`, then drains: takes no new fact or job, says for a while that it leaves, takes no new request, and
    /// finishes what has begun.
    pub async fn serve(self, public: TcpListener, private: Option<TcpListener>, stop: CancellationToken) -> Result<(), Fault> {
        let (background, closed) = (TaskTracker::new(), CancellationToken::new());
        self.begin(&background, &stop, &closed);
        background.spawn(leave(stop, self.gate.ready.leaving.clone(), self.gate.config.drain(), closed.clone()));
        background.close();
        let address = public.local_addr().map_err(Fault::internal)?;
        let behind = private.map(|listener| listen(listener, self.private_router(), closed.clone()));
        tracing::info!(at = %format_args!("http://{address}"), "serving");
        let front = listen(public, self.router.clone(), closed.clone());
        tokio::select! {
            ((), _) = async { tokio::join!(front, OptionFuture::from(behind)) } => (),
            () = async { closed.cancelled().await; tokio::time::sleep(GRACE / 2).await } => (),
        }
        self.gate.tracker.close();
        let finished = async { tokio::join!(self.gate.tracker.wait(), background.wait()) };
        if tokio::time::timeout(GRACE / 2, finished).await.is_err() {
            tracing::warn!("some work was still running when the node stopped");
        }
        Ok(())
    }

    /// Starts what goes on in the background: facts and jobs until `stop`, and until `closed` what those who are served need.
    fn begin(&self, background: &TaskTracker, stop: &CancellationToken, closed: &CancellationToken) {
        let roles = self.gate.config.roles;
        for home in &self.homes {
            home.start(roles, background, stop);
        }
        if let Some(broker) = &self.broker {
            for hearing in self.hearings.iter().filter(|hearing| roles.worker && !hearing.hears.is_empty()) {
                background.spawn(rabbit::run(broker.clone(), hearing.clone(), stop.clone()));
            }
            background.spawn(rabbit::signals::run(broker.clone(), self.signals.clone(), closed.clone()));
        }
        if roles.http {
            background.spawn(self.gate.verifier.revoked().follow(closed.clone()));
        }
        background.spawn(gauges::pools(self.hearings.clone(), closed.clone()));
        if let Some(metrics) = self.gate.metrics.clone() {
            background.spawn(telemetry::upkeep(metrics, closed.clone()));
        }
    }

    /// Carries facts and works off due jobs and clock jobs until nothing is left to do now. For tests, which run no loops.
    pub async fn settle(&self) -> Result<(), Fault> {
        loop {
            let mut moved = 0;
            for home in &self.homes {
                moved += home.settle().await?;
            }
            if moved == 0 {
                return Ok(());
            }
        }
    }

    /// Parks and deletes what is past its time. For tests, which run no loops.
    pub async fn sweep(&self) -> Result<(), Fault> {
        for home in &self.homes {
            home.sweep().await?;
        }
        Ok(())
    }

    /// Brings one fact to its hearers here, as a broker would that delivers again.
    pub async fn deliver(&self, envelope: &Envelope) -> Result<(), Fault> {
        self.deliver_together(std::slice::from_ref(envelope)).await
    }

    /// The same of facts that come together.
    pub async fn deliver_together(&self, envelopes: &[Envelope]) -> Result<(), Fault> {
        Carrier::Local(self.hearings.clone()).carry(envelopes).await
    }

    /// What a service of another node of this house shows when it asks; for tests.
    pub fn badge(&self, service: &'static str) -> Result<String, Fault> {
        self.private.badges.of(service)
    }

    /// A fact in its envelope as its teller would send it; for tests that play a neighbour.
    pub fn envelope<F: Fact>(&self, id: Uuid, at: Timestamp, fact: &F) -> Result<Envelope, Fault> {
        let source = F::NAME.split('.').next().unwrap_or_default();
        Ok(Envelope::new(id, source, F::NAME, at, seal::close(&self.gate.config.keys, &self.ids, id, fact)?))
    }

    /// A fact out of its envelope as its reader sees it; for tests.
    pub fn open<F: Fact>(&self, envelope: &Envelope) -> Result<F, Fault> {
        seal::open(&self.gate.config.keys, F::SEALED.reader, envelope.id, envelope.data.get())
    }

    /// Every fact told in the databases of this node, oldest first in each.
    pub async fn told(&self) -> Result<Vec<Envelope>, Fault> {
        let mut told = Vec::new();
        for home in &self.homes {
            told.extend(home.relay.told().await?);
        }
        Ok(told)
    }

    /// Has `from` tell `to` again how things are now; says how many facts are on their way.
    pub async fn retell(&self, from: &str, to: &str) -> Result<u64, Fault> {
        self.retelling.run(from, to).await
    }

    /// Gives parked facts another round of tries; says how many.
    pub async fn replay(&self, service: Option<&str>) -> Result<u64, Fault> {
        let mut replayed = 0;
        for home in &self.homes {
            replayed += home.inbox.replay(service).await?;
        }
        Ok(replayed)
    }

    /// Has the facts told since then carried once more; says how many. Who has heard one takes no notice.
    pub async fn carry_again(&self, since: Timestamp) -> Result<u64, Fault> {
        let mut facts = 0;
        for home in &self.homes {
            facts += home.relay.carry_again(since).await?;
        }
        Ok(facts)
    }

    /// What is parked, oldest first in each database.
    pub async fn parked(&self, service: Option<&str>) -> Result<Vec<Parked>, Fault> {
        let mut parked = Vec::new();
        for home in &self.homes {
            parked.extend(home.inbox.parked(service).await?);
        }
        Ok(parked)
    }

    /// The API document of these services.
    pub fn openapi(services: Vec<Service>) -> utoipa::openapi::OpenApi {
        http::document(services.into_iter().map(|service| service.api))
    }
}

/// Says that this node leaves, and closes it once nobody sends it anything new.
async fn leave(stop: CancellationToken, leaving: CancellationToken, drain: Duration, closed: CancellationToken) {
    stop.cancelled().await;
    leaving.cancel();
    tokio::time::sleep(drain).await;
    closed.cancel();
}
