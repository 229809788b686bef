//! A stage: some services of the house, with everything around them in the test's hand.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use host::{Config, Ids, Node, Service, token::SigningKeys};
use kernel::{Ask, Clock, Envelope, Fact, Fault, Id, Role, Timestamp, User};

use tempfile::TempDir;

use crate::{Database, Person, token};

/// When every test begins: 2026-11-23, 08:00 UTC.
const BEGIN: i64 = 1_795_420_800_000_000;

/// The services of a test and the neighbours it plays; `start` raises the curtain.
pub struct Setting {
    services: Vec<Service>,
    neighbours: Service,
    clock: Clock,
    configure: Box<dyn FnOnce(&mut Config)>,
}

/// Running services, a clock that stands still until it is moved, and no background loops: `settle` does their work.
pub struct Stage {
    pub node: Arc<Node>,
    pub clock: Clock,
    pub database: Database,
    /// Where objects are, for as long as the stage is.
    data: Arc<TempDir>,
    issuer: String,
    ids: Ids,
}

impl Stage {
    /// One service; neighbours are played by `answering`.
    pub fn of(service: Service) -> Setting {
        Setting::new(vec![service]).answering(|_: SigningKeys| Ok(token::public_keys()))
    }

    /// All services, auth among them.
    pub fn all(services: Vec<Service>) -> Setting {
        Setting::new(services)
    }

    /// A new person with a token of their own.
    pub fn person(&self) -> Person {
        self.person_with(vec![Role::User])
    }

    /// A new person with these roles.
    pub fn person_with(&self, roles: Vec<Role>) -> Person {
        let id = self.ids.next::<User>();
        let token = token::mint(&self.issuer, id, roles, self.clock.now());
        Person::new(id, Some(token), self.node.router())
    }

    /// The same person, with a token of now.
    pub fn again(&self, person: &Person) -> Person {
        self.again_with(person, vec![Role::User])
    }

    /// The same, of somebody with these roles.
    pub fn again_with(&self, person: &Person, roles: Vec<Role>) -> Person {
        let token = token::mint(&self.issuer, person.id, roles, self.clock.now());
        Person::new(person.id, Some(token), self.node.router())
    }

    /// Somebody whose token says something else than it should, under a key that is right.
    pub fn forged(&self, change: impl FnOnce(&mut host::token::Claims)) -> Person {
        let id = self.ids.next::<User>();
        let mut claims = token::claims(&self.issuer, id, vec![Role::User], self.clock.now());
        change(&mut claims);
        Person::new(id, Some(token::sign(&claims)), self.node.router())
    }

    /// Somebody who carries this token.
    pub fn bearer(&self, id: Id<User>, token: &str) -> Person {
        Person::new(id, Some(token.to_owned()), self.node.router())
    }

    /// Somebody who isn't signed in.
    pub fn anonymous(&self) -> Person {
        Person::new(self.ids.next(), None, self.node.router())
    }

    /// Where its objects are.
    pub fn data_dir(&self) -> &Path {
        self.data.path()
    }

    /// A new id.
    pub fn id<T>(&self) -> Id<T> {
        self.ids.next()
    }

    /// Moves the clock.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Delivers facts and runs due jobs until nothing is left to do now.
    pub async fn settle(&self) {
        self.node.settle().await.expect("the machinery works");
    }

    /// Brings a fact of a neighbour's to the services, and lets them settle.
    pub async fn tell<F: Fact>(&self, fact: &F) {
        self.node.deliver(&self.envelope(fact)).await.expect("the fact is delivered");
        self.settle().await;
    }

    /// The same of facts that come together.
    pub async fn tell_all(&self, facts: &[Envelope]) {
        self.node.deliver_together(facts).await.expect("the facts are delivered");
        self.settle().await;
    }

    /// A fact in its envelope, for delivering it again or late.
    pub fn envelope<F: Fact>(&self, fact: &F) -> Envelope {
        self.node.envelope(self.ids.uuid(), self.clock.now(), fact).expect("the fact can be sealed")
    }

    /// Every fact of this kind told so far, oldest first.
    pub async fn told<F: Fact>(&self) -> Vec<F> {
        let told = self.node.told().await.expect("the outbox can be read");
        let of_kind = told.iter().filter(|envelope| envelope.name == F::NAME);
        of_kind.map(|envelope| self.node.open(envelope).expect("the fact hasn't been carried and blanked yet")).collect()
    }
}

/// The program itself, which is built beside the tests: what runs in a process of its own is started from it.
fn nexgate() -> PathBuf {
    let tests = std::env::current_exe().expect("a test knows where it is");
    let built = tests.parent().and_then(Path::parent).expect("tests lie below what was built");
    built.join("nexgate")
}

impl Setting {
    fn new(services: Vec<Service>) -> Self {
        let neighbours = Service::new("neighbours", sqlx::migrate::Migrator::DEFAULT);
        let clock = Clock::fixed(Timestamp::from_microsecond(BEGIN));
        Self { services, neighbours, clock, configure: Box::new(|_| ()) }
    }

    /// Plays a neighbour that answers `A`.
    #[must_use]
    pub fn answering<A: Ask>(mut self, answer: impl Fn(A) -> Result<A::Answer, Fault> + Send + Sync + 'static) -> Self {
        let answer = Arc::new(answer);
        self.neighbours = self.neighbours.answers(move |_, ask: A| std::future::ready(answer(ask)));
        self
    }

    /// Changes the settings the services start with.
    #[must_use]
    pub fn with(mut self, configure: impl FnOnce(&mut Config) + 'static) -> Self {
        self.configure = Box::new(configure);
        self
    }

    /// Clones the database and puts the services together.
    pub async fn start(self) -> Stage {
        let database = Database::of(&self.services).await;
        let data = tempfile::tempdir().expect("a folder for objects");
        self.on(database, data.into(), 1)
    }

    /// Puts the services together on the database and the clock of another stage: its node started again, or one more beside it.
    pub fn beside(self, stage: &Stage) -> Stage {
        let seed = u64::from_le_bytes(stage.ids.bytes());
        Self { clock: stage.clock.clone(), ..self }.on(stage.database.clone(), stage.data.clone(), seed)
    }

    fn on(self, database: Database, data: Arc<TempDir>, seed: u64) -> Stage {
        let mut config = Config::for_tests(database.url.clone());
        data.path().clone_into(&mut config.data_dir);
        config.program = nexgate();
        (self.configure)(&mut config);
        let (issuer, ids) = (config.public_url.clone(), Ids::seeded(self.clock.clone(), seed));
        let mut services = self.services;
        services.push(self.neighbours);
        let node = Node::unchecked(config, self.clock.clone(), Ids::seeded(self.clock.clone(), seed.wrapping_add(1)), services);
        Stage { node: Arc::new(node.expect("the node starts")), clock: self.clock, database, data, issuer, ids }
    }
}
