//! Three processes on a real broker: accounts and money, the market, and notification with a database of its own.

mod sound;
mod waiting;

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::{Router, http::StatusCode};
use host::Service;
use kernel::{Id, Role, User};
use rustix::process::{Pid, Signal, kill_process};
use sqlx::PgPool;
use tempfile::TempDir;
use testkit::{Database, Person, VirtualHost};

use crate::{
    place::{PATIENCE, Place, router_to},
    running::{INVARIANTS, QUIET},
    world::World,
};

/// Which services each process mounts; the first one is where people come in.
pub const PARTS: [&str; 3] = ["auth,profile,files,payment", "commerce,social", "notification"];
const PUBLIC: u16 = 7001;
const PRIVATE: u16 = 7002;

/// Every service in each of two processes.
const EQUAL: [&str; 2] = ["auth,profile,files,payment,commerce,social,notification"; 2];

/// The processes, their databases and their broker.
pub struct Split {
    parts: &'static [&'static str],
    shared: Database,
    notification: Database,
    broker: VirtualHost,
    dir: TempDir,
    nodes: Vec<Mutex<Option<Child>>>,
    /// The master keys each of them is told: the current one, and old ones.
    masters: Vec<Mutex<(String, String)>>,
    /// What each of them has logged so far.
    logs: Vec<Arc<Mutex<String>>>,
    /// How much they log.
    level: &'static str,
    client: reqwest::Client,
}

impl Split {
    pub async fn open() -> Self {
        Self::open_at(VirtualHost::claim(), &PARTS).await
    }

    /// The same on another broker; the number of its own virtual host still says which addresses are this test's.
    pub async fn open_on(url: &str) -> Self {
        Self::open_at(VirtualHost { url: url.to_owned(), ..VirtualHost::claim() }, &PARTS).await
    }

    /// Two equal nodes.
    pub async fn open_equal() -> Self {
        Self::open_at(VirtualHost::claim(), &EQUAL).await
    }

    /// The three of them, and they log whatever anything in them can say.
    pub async fn open_talking() -> Self {
        let mut split = Self::prepared(VirtualHost::claim(), &PARTS).await;
        split.level = "trace";
        split.start_all().await;
        split
    }

    async fn open_at(broker: VirtualHost, parts: &'static [&'static str]) -> Self {
        let split = Self::prepared(broker, parts).await;
        split.start_all().await;
        split
    }

    async fn prepared(broker: VirtualHost, parts: &'static [&'static str]) -> Self {
        let (notification, others): (Vec<Service>, Vec<Service>) =
            nexgate::services().into_iter().partition(|service| service.name() == "notification");
        Self::on_broker(broker, parts, Database::of(&others).await, Database::of(&notification).await)
    }

    /// On these databases and a broker of its own; nothing runs yet.
    pub fn on(shared: Database, notification: Database) -> Self {
        Self::on_broker(VirtualHost::claim(), &PARTS, shared, notification)
    }

    fn on_broker(broker: VirtualHost, parts: &'static [&'static str], shared: Database, notification: Database) -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("nexgate.toml"), "[limits]\ndrain_seconds = 1\n").unwrap();
        Self {
            parts,
            shared,
            notification,
            broker,
            dir,
            nodes: parts.iter().map(|_| Mutex::default()).collect(),
            masters: parts.iter().map(|_| Mutex::new(("ab".repeat(32), String::new()))).collect(),
            logs: parts.iter().map(|_| Arc::default()).collect(),
            level: "info,host=debug,sqlx=off,lapin=off",
            client: reqwest::Client::builder()
                .timeout(Duration::from_secs(20))
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
        }
    }

    /// All at once: each comes up without the others.
    pub async fn start_all(&self) {
        for part in 0..self.parts.len() {
            self.start(part);
        }
        for part in 0..self.parts.len() {
            self.wait_until_ready(part).await;
        }
    }

    /// Starts the process of a part.
    pub fn start(&self, part: usize) {
        self.spawn(part, self.command(part));
    }

    /// Starts it by another command.
    pub fn spawn(&self, part: usize, mut command: Command) {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        collect(child.stdout.take().unwrap(), self.logs[part].clone());
        collect(child.stderr.take().unwrap(), self.logs[part].clone());
        *self.nodes[part].lock().unwrap() = Some(child);
    }

    /// `kill -9`.
    pub fn kill(&self, part: usize) {
        if let Some(mut child) = self.nodes[part].lock().unwrap().take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Starts a part again with these master keys, the current one and old ones.
    pub async fn restart_with(&self, part: usize, current: &str, old: &str) {
        self.kill(part);
        *self.masters[part].lock().unwrap() = (current.to_owned(), old.to_owned());
        self.start(part);
        self.wait_until_ready(part).await;
    }

    /// Asks it to stop, as an operator does; true when it ended well.
    pub fn stop(&self, part: usize) -> bool {
        let child = self.nodes[part].lock().unwrap().take();
        child.is_some_and(|mut child| {
            kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
            child.wait().unwrap().success()
        })
    }

    pub async fn is_ready(&self, part: usize) -> bool {
        let answer = self.client.get(format!("{}/readyz", self.base_of(part))).send().await;
        answer.is_ok_and(|answer| answer.status() == StatusCode::OK)
    }

    pub fn base_of(&self, part: usize) -> String {
        format!("http://{}:{PUBLIC}", self.host(part))
    }

    pub async fn wait_until_ready(&self, part: usize) {
        let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(50)));
        loop {
            pause.tick().await;
            if self.is_ready(part).await {
                return;
            }
            let ended = self.nodes[part].lock().unwrap().as_mut().is_some_and(|child| child.try_wait().unwrap().is_some());
            assert!(!ended && Instant::now() < until, "{} never came up:\n{}", self.parts[part], self.log(part));
        }
    }

    /// What a process has logged so far.
    pub fn log(&self, part: usize) -> String {
        self.logs[part].lock().unwrap().clone()
    }

    /// What a process shows whoever watches over it.
    pub async fn metrics(&self, part: usize) -> String {
        let shown = self.client.get(format!("http://{}:{PRIVATE}/metrics", self.host(part))).send().await.unwrap();
        shown.text().await.unwrap()
    }

    pub fn broker(&self) -> &str {
        &self.broker.url
    }

    /// The database as its owner sees it: notification's, or everybody else's.
    pub fn owner(&self, service: &str) -> &PgPool {
        if service == "notification" { &self.notification.owner } else { &self.shared.owner }
    }

    /// Runs a command of the binary with the settings of a part; its exit and its output.
    pub fn beside(&self, part: usize, arguments: &[&str]) -> (bool, String) {
        self.beside_with(part, &[], arguments)
    }

    /// The same with other settings.
    pub fn beside_with(&self, part: usize, settings: &[(&str, &str)], arguments: &[&str]) -> (bool, String) {
        ended(self.settings(part).envs(settings.iter().copied()).args(arguments))
    }

    /// Waits until everything is quiet and no invariant is broken.
    pub async fn must_become_sound(&self) {
        let all: Vec<_> = QUIET.iter().chain(INVARIANTS).copied().collect();
        self.until_nothing_is(&all).await;
    }

    /// A loopback address of this test and part alone, so that its ports are nobody else's.
    fn host(&self, part: usize) -> String {
        format!("127.77.{}.{}", self.broker.number + 1, part + 1)
    }

    fn command(&self, part: usize) -> Command {
        let mut command = self.settings(part);
        command.args(["serve", "--dev"]);
        command
    }

    /// The binary with the settings of a part.
    pub fn settings(&self, part: usize) -> Command {
        let peers =
            self.parts.iter().enumerate().map(|(peer, services)| format!("{services}=http://{}:{PRIVATE}", self.host(peer)));
        let (current, old) = self.masters[part].lock().unwrap().clone();
        let mut command = Command::new(env!("CARGO_BIN_EXE_nexgate"));
        command
            .env("NEXGATE_DATA_DIR", self.dir.path())
            .env("NEXGATE_LOG", self.level)
            .env("NEXGATE_AMQP_URL", &self.broker.url)
            .env("NEXGATE_HTTP_ADDR", format!("{}:{PUBLIC}", self.host(part)))
            .env("NEXGATE_PEER_ADDR", format!("{}:{PRIVATE}", self.host(part)))
            .env("NEXGATE_PUBLIC_URL", "http://nexgate.test")
            .env("NEXGATE_SERVICES", self.parts[part])
            .env("NEXGATE_PEERS", peers.collect::<Vec<_>>().join(" "))
            .env("NEXGATE_MASTER_KEY", current)
            .env("NEXGATE_OLD_MASTER_KEYS", old)
            .env("DATABASE_URL", &self.shared.url)
            .env("NEXGATE_NOTIFICATION_DATABASE_URL", &self.notification.url)
            .current_dir(self.dir.path());
        command
    }

    /// Somebody who comes in by the first process.
    fn router(&self) -> Router {
        router_to(self.client.clone(), self.base())
    }

    async fn until_nothing_is(&self, checks: &[(&str, &'static str)]) {
        let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(20)));
        loop {
            pause.tick().await;
            let Some(found) = self.broken(checks).await else { return };
            assert!(Instant::now() < until, "{found}");
        }
    }
}

/// Somebody must go on reading, or the node would wait for room to log.
fn collect(from: impl Read + Send + 'static, log: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let mut log = log.lock().unwrap();
            log.push_str(&line);
            log.push('\n');
        }
    });
}

impl World for Split {
    async fn grant(&self, who: &str, role: Role) {
        let (ok, said) = self.beside(0, &["admin", "grant", who, role.name()]);
        assert!(ok, "{said}");
    }

    async fn settle(&self) {
        self.until_nothing_is(QUIET).await;
    }

    fn anonymous(&self) -> Person {
        Person::new(Id::<User>::from_uuid(uuid::Uuid::nil()), None, self.router())
    }

    fn bearer(&self, id: Id<User>, token: &str) -> Person {
        Person::new(id, Some(token.to_owned()), self.router())
    }

    async fn must_be_sound(&self) {
        self.settle().await;
        assert_eq!(self.broken(INVARIANTS).await, None);
        let (ok, said) = self.beside(0, &["ledger", "verify"]);
        assert!(ok && said.contains("The ledger is sound."), "{said}");
    }
}

/// Whether a command ended well, and what it said.
pub fn ended(command: &mut Command) -> (bool, String) {
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

impl Place for Split {
    fn base(&self) -> String {
        self.base_of(0)
    }

    fn client(&self) -> &reqwest::Client {
        &self.client
    }
}

impl Drop for Split {
    fn drop(&mut self) {
        for node in &self.nodes {
            // A test that failed leaves its processes to us.
            if let Ok(mut node) = node.lock()
                && let Some(child) = node.as_mut()
            {
                let _ = child.kill();
                let _ = child.wait();
            }
        }
    }
}
