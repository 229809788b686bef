//! Settings: one typed value from `nexgate.toml` and `NEXGATE_*`, read once at the start.

mod channels;
mod read;

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use ipnet::IpNet;
use kernel::Fault;
use serde::{Deserialize, de::DeserializeOwned};

pub use self::{
    channels::{Channels, Mail, Sms, certificates},
    read::Environment,
};
use crate::keys::Keys;

/// How careful the node is about what it runs with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// `up` and `serve --dev`: the sandbox provider, the local bus and `/dev/outbox` are there; loopback only.
    Development,
    /// Everything else: none of those, and the keys must be given.
    Production,
}

/// Everything a node is told from outside.
#[derive(Debug, Clone)]
pub struct Config {
    pub mode: Mode,
    /// Where the private cluster, the keys and the objects live.
    pub data_dir: PathBuf,
    pub http_addr: SocketAddr,
    /// The address people use, without a slash at the end.
    pub public_url: String,
    /// `tracing` filter, for example `info,sqlx=warn`.
    pub log: String,
    /// Without it the node runs a private cluster in `data_dir`.
    pub database_url: Option<String>,
    /// Databases of services that have one of their own.
    pub databases: BTreeMap<String, String>,
    /// The broker; without it facts stay in this process.
    pub amqp_url: Option<String>,
    /// What this node mounts; every service where nothing is said.
    pub services: Option<Vec<String>>,
    pub roles: Roles,
    /// The private listener: asks of other nodes, requests they forward, metrics.
    pub peer_addr: Option<SocketAddr>,
    /// Private addresses of the nodes that mount other services, by service.
    pub peers: BTreeMap<String, String>,
    /// Proxies that say who called them, by X-Forwarded-For.
    pub trusted_proxies: Arc<[IpNet]>,
    /// What carries messages to people.
    pub channels: Channels,
    /// Where people fetch media from, without a slash at the end: `/media` of this node, or a CDN before it.
    pub media_url: String,
    /// An S3-compatible bucket for objects; without it they are in `data_dir`.
    pub s3_url: Option<String>,
    /// This very program, for what runs in a process of its own.
    pub program: PathBuf,
    /// Where `initdb` and `postgres` are, when they aren't found by themselves.
    pub postgres_bin: Option<PathBuf>,
    pub keys: Keys,
    pub limits: Limits,
    /// The services' own tables of the file, by service name.
    sections: toml::Table,
}

/// What a node does of everything its services need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roles {
    /// Serves people.
    pub http: bool,
    /// Brings told facts to the broker.
    pub relay: bool,
    /// Hears facts, works off jobs and deletes what is past its time.
    pub worker: bool,
}

impl Roles {
    pub const ALL: Self = Self { http: true, relay: true, worker: true };

    /// Reads `http,relay,worker` or some of them.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut roles = Self { http: false, relay: false, worker: false };
        for name in read::words(text) {
            match name.as_str() {
                "http" => roles.http = true,
                "relay" => roles.relay = true,
                "worker" => roles.worker = true,
                other => return Err(format!("{other:?} is no role; there are http, relay and worker")),
            }
        }
        if roles == (Self { http: false, relay: false, worker: false }) { Err("a node needs a role".into()) } else { Ok(roles) }
    }
}

/// What one node takes on at a time.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Largest request body in bytes, where a route doesn't say otherwise.
    pub body_bytes: usize,
    /// Uploads taken in at once; past it the answer is 503 with Retry-After.
    pub uploads: usize,
    /// Seconds an upload may take.
    pub upload_seconds: u64,
    /// Requests worked on at once; past it the answer is 503 with Retry-After.
    pub in_flight: usize,
    /// Seconds a request may take before it is answered 503; a write goes on by itself.
    pub request_seconds: u64,
    /// Database connections of one service on this node; the sum over services stays below 60.
    pub connections: u32,
    /// Seconds a stopping node goes on serving while `/readyz` answers 503, so that nobody sends it more: longer than it takes
    /// the proxy to look twice. 5 where nothing is said, and none in development.
    pub drain_seconds: Option<u64>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 1 << 20,
            uploads: 8,
            upload_seconds: 600,
            in_flight: 512,
            request_seconds: 30,
            connections: 8,
            drain_seconds: None,
        }
    }
}

impl Config {
    /// The database a service lives in.
    pub fn database_of(&self, service: &str) -> Result<&str, Fault> {
        let url = self.databases.get(service).or(self.database_url.as_ref());
        url.map(String::as_str).ok_or_else(|| Fault::internal(format_args!("{service} has no database")))
    }

    /// How long a stopping node says that it leaves before it does.
    pub(crate) fn drain(&self) -> Duration {
        let unsaid = if self.mode == Mode::Production { 5 } else { 0 };
        Duration::from_secs(self.limits.drain_seconds.unwrap_or(unsaid))
    }

    /// Whether this node mounts the service.
    pub fn mounts(&self, service: &str) -> bool {
        self.services.as_ref().is_none_or(|services| services.iter().any(|mounted| mounted == service))
    }

    /// The table `[service]` of the file as the service's own type; absent keys take the type's defaults.
    pub fn section<T: DeserializeOwned + Default>(&self, service: &str) -> Result<T, Fault> {
        match self.sections.get(service) {
            Some(table) => table.clone().try_into().map_err(|error| Fault::internal(format_args!("[{service}]: {error}"))),
            None => Ok(T::default()),
        }
    }

    /// The services the file has a table for.
    pub(crate) fn sections(&self) -> impl Iterator<Item = &String> {
        self.sections.keys()
    }

    /// For tests: the table `[service]` as the file would have it.
    pub fn set_section(&mut self, service: &str, table: toml::Table) {
        self.sections.insert(service.to_owned(), toml::Value::Table(table));
    }

    /// For tests: development mode, everything at its default, a fixed master key.
    pub fn for_tests(database_url: String) -> Self {
        Self {
            mode: Mode::Development,
            data_dir: PathBuf::new(),
            http_addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: "http://nexgate.test".into(),
            media_url: "http://nexgate.test/media".into(),
            s3_url: None,
            program: PathBuf::new(),
            log: "warn".into(),
            database_url: Some(database_url),
            databases: BTreeMap::new(),
            amqp_url: None,
            services: None,
            roles: Roles::ALL,
            peer_addr: None,
            peers: BTreeMap::new(),
            trusted_proxies: Arc::default(),
            channels: Channels::default(),
            postgres_bin: None,
            keys: Keys::from_master([7; 32]),
            limits: Limits::default(),
            sections: toml::Table::new(),
        }
    }
}
