//! Settings: one typed value from `nexgate.toml` and `NEXGATE_*`, read once at the start.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use ipnet::IpNet;
use kernel::Fault;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    keys::Keys,
    master::{self, Given},
};

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
        for name in words(text) {
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

/// The file as it is written; every key is optional.
#[derive(Debug, Default, Deserialize)]
struct File {
    data_dir: Option<PathBuf>,
    http_addr: Option<SocketAddr>,
    public_url: Option<String>,
    log: Option<String>,
    database_url: Option<String>,
    postgres_bin: Option<PathBuf>,
    master_key: Option<String>,
    old_master_keys: Option<String>,
    #[serde(default)]
    databases: BTreeMap<String, String>,
    amqp_url: Option<String>,
    services: Option<String>,
    roles: Option<String>,
    peer_addr: Option<SocketAddr>,
    trusted_proxies: Option<String>,
    media_url: Option<String>,
    s3_url: Option<String>,
    #[serde(default)]
    peers: BTreeMap<String, String>,
    #[serde(default)]
    limits: Limits,
    #[serde(flatten)]
    sections: toml::Table,
}

/// The environment as it was when the process started.
pub type Environment = BTreeMap<String, String>;

impl Config {
    /// For commands beside a node: its settings, and its mode by what only production is given, a key and a database.
    pub fn beside(file: Option<&Path>, env: &Environment, default_dir: PathBuf) -> Result<Self, String> {
        let said = read(file)?;
        let given =
            |name: &str, in_file: &Option<String>| env.get(name).is_some_and(|value| !value.is_empty()) || in_file.is_some();
        let has_database =
            given("DATABASE_URL", &said.database_url) || databases(env).next().is_some() || !said.databases.is_empty();
        let is_production = given("NEXGATE_MASTER_KEY", &said.master_key) && has_database;
        Self::load(if is_production { Mode::Production } else { Mode::Development }, file, env, default_dir)
    }

    /// Reads `file`, lets `NEXGATE_*` (and `DATABASE_URL`) win over it, and makes the master key where `mode` allows.
    pub fn load(mode: Mode, file: Option<&Path>, env: &Environment, default_dir: PathBuf) -> Result<Self, String> {
        let mut file = read(file)?;
        let setting = |name: &str| env.get(name).filter(|value| !value.is_empty()).cloned();
        let http_addr = address("NEXGATE_HTTP_ADDR", setting("NEXGATE_HTTP_ADDR"))?.or(file.http_addr);
        let http_addr = http_addr.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let peer_addr = address("NEXGATE_PEER_ADDR", setting("NEXGATE_PEER_ADDR"))?.or(file.peer_addr);
        if let Some(open) = [Some(http_addr), peer_addr].into_iter().flatten().find(|addr| !addr.ip().is_loopback())
            && mode == Mode::Development
        {
            return Err(format!("development mode listens on loopback only, not on {open}"));
        }
        let data_dir = setting("NEXGATE_DATA_DIR").map(PathBuf::from).or(file.data_dir.take()).unwrap_or(default_dir);
        let given = Given {
            current: setting("NEXGATE_MASTER_KEY").or(file.master_key.take()),
            old: setting("NEXGATE_OLD_MASTER_KEYS").or(file.old_master_keys.take()),
        };
        let keys = master::load(mode, given, &data_dir)?;
        let url = setting("NEXGATE_PUBLIC_URL").or(file.public_url).unwrap_or_else(|| format!("http://{http_addr}"));
        let url = url.trim_end_matches('/').to_owned();
        let media_url = setting("NEXGATE_MEDIA_URL").or(file.media_url).unwrap_or_else(|| format!("{url}/media"));
        Ok(Self {
            mode,
            http_addr,
            keys,
            data_dir,
            public_url: url,
            media_url: media_url.trim_end_matches('/').to_owned(),
            s3_url: setting("NEXGATE_S3_URL").or(file.s3_url),
            program: std::env::current_exe().map_err(|error| format!("this program doesn't know where it is: {error}"))?,
            log: setting("NEXGATE_LOG").or(file.log).unwrap_or_else(|| "info,sqlx=warn".into()),
            database_url: setting("DATABASE_URL").or(file.database_url),
            databases: databases(env).chain(file.databases).rev().collect(),
            amqp_url: setting("NEXGATE_AMQP_URL").or(file.amqp_url),
            services: setting("NEXGATE_SERVICES").or(file.services).map(|text| words(&text).collect()),
            roles: setting("NEXGATE_ROLES").or(file.roles).map_or(Ok(Roles::ALL), |text| Roles::parse(&text))?,
            peer_addr,
            peers: match setting("NEXGATE_PEERS") {
                Some(text) => peers(&text)?,
                None => file.peers,
            },
            trusted_proxies: networks(&setting("NEXGATE_TRUSTED_PROXIES").or(file.trusted_proxies).unwrap_or_default())?,
            postgres_bin: setting("NEXGATE_POSTGRES_BIN").map(PathBuf::from).or(file.postgres_bin),
            limits: file.limits,
            sections: file.sections,
        })
    }

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
            postgres_bin: None,
            keys: Keys::from_master([7; 32]),
            limits: Limits::default(),
            sections: toml::Table::new(),
        }
    }
}

/// `10.0.0.0/8, 192.168.1.7`: networks and single addresses.
fn networks(text: &str) -> Result<Arc<[IpNet]>, String> {
    let network = |text: String| {
        let single = text.parse::<IpAddr>().map(IpNet::from);
        text.parse().or(single).map_err(|_| format!("NEXGATE_TRUSTED_PROXIES: {text:?} is no network like 10.0.0.0/8"))
    };
    words(text).map(network).collect()
}

fn address(name: &str, text: Option<String>) -> Result<Option<SocketAddr>, String> {
    let parse = |text: String| text.parse().map_err(|_| format!("{name}: {text:?} is not an address like 127.0.0.1:8080"));
    text.map(parse).transpose()
}

/// `NEXGATE_<SERVICE>_DATABASE_URL`, by service.
fn databases(env: &Environment) -> impl DoubleEndedIterator<Item = (String, String)> + '_ {
    env.iter().filter(|(_, url)| !url.is_empty()).filter_map(|(name, url)| {
        let service = name.strip_prefix("NEXGATE_")?.strip_suffix("_DATABASE_URL")?;
        Some((service.to_ascii_lowercase(), url.clone()))
    })
}

/// `auth,profile=http://10.0.0.1:9000 notification=http://10.0.0.2:9000`, by service.
fn peers(text: &str) -> Result<BTreeMap<String, String>, String> {
    let mut peers = BTreeMap::new();
    for entry in text.split_whitespace() {
        let said = || format!("NEXGATE_PEERS: {entry:?} is not like auth,profile=http://10.0.0.1:9000");
        let (services, url) = entry.split_once('=').filter(|(_, url)| url.starts_with("http://")).ok_or_else(said)?;
        peers.extend(words(services).map(|service| (service, url.trim_end_matches('/').to_owned())));
    }
    Ok(peers)
}

/// Words between commas.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned)
}

fn read(path: Option<&Path>) -> Result<File, String> {
    let Some(path) = path else { return Ok(File::default()) };
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    // Only what is wrong and where: the line itself may hold a key.
    let wrong = |error: toml::de::Error| {
        let line = error.span().map_or(1, |span| text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1);
        format!("{}: line {line}: {}", path.display(), error.message())
    };
    let file: File = toml::from_str(&text).map_err(wrong)?;
    match file.sections.iter().find(|(_, section)| !section.is_table()) {
        Some((name, _)) => Err(format!("{}: there is no setting {name}", path.display())),
        None => Ok(file),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(mode: Mode, env: &[(&str, &str)]) -> Result<Config, String> {
        let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let dir = tempfile::tempdir().unwrap();
        Config::load(mode, None, &env, dir.path().to_owned())
    }

    #[test]
    fn development_mode_stays_on_loopback() {
        assert!(load(Mode::Development, &[("NEXGATE_HTTP_ADDR", "0.0.0.0:80")]).unwrap_err().contains("loopback"));
        assert!(load(Mode::Development, &[("NEXGATE_HTTP_ADDR", "127.0.0.1:81")]).is_ok());
    }

    #[test]
    fn a_command_beside_a_node_of_production_reads_its_settings() {
        let key = "ab".repeat(32);
        let beside = |env: &[(&str, &str)]| {
            let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let dir = tempfile::tempdir().unwrap();
            Config::beside(None, &env, dir.path().to_owned()).map(|config| config.mode)
        };
        let production =
            [("NEXGATE_MASTER_KEY", key.as_str()), ("DATABASE_URL", "postgres://here"), ("NEXGATE_HTTP_ADDR", "0.0.0.0:80")];
        assert_eq!(beside(&production), Ok(Mode::Production));
        let own = [production[0], ("NEXGATE_NOTIFICATION_DATABASE_URL", "postgres://there"), production[2]];
        assert_eq!(beside(&own), Ok(Mode::Production), "a node whose services all have databases of their own");
        assert_eq!(beside(&[]), Ok(Mode::Development));
    }

    #[test]
    fn a_split_is_read_from_the_environment() {
        let config = load(
            Mode::Development,
            &[
                ("NEXGATE_SERVICES", "auth, profile"),
                ("NEXGATE_ROLES", "http,worker"),
                ("NEXGATE_PEERS", "commerce,social=http://127.0.0.1:7002/ notification=http://127.0.0.1:7003"),
                ("NEXGATE_NOTIFICATION_DATABASE_URL", "postgres://there"),
                ("DATABASE_URL", "postgres://here"),
            ],
        );
        let config = config.unwrap();
        assert!(config.mounts("auth") && config.mounts("profile") && !config.mounts("social"));
        assert_eq!(config.roles, Roles { http: true, relay: false, worker: true });
        assert_eq!((config.peers["social"].as_str(), config.peers.len()), ("http://127.0.0.1:7002", 3));
        assert_eq!(config.database_of("notification").unwrap(), "postgres://there");
        assert_eq!(config.database_of("auth").unwrap(), "postgres://here");
        for (name, odd) in [("NEXGATE_ROLES", "http,cook"), ("NEXGATE_PEERS", "social"), ("NEXGATE_PEER_ADDR", "0.0.0.0:1")] {
            assert!(load(Mode::Development, &[(name, odd)]).is_err(), "{name}");
        }
    }

    #[test]
    fn production_wants_its_master_key() {
        assert!(load(Mode::Production, &[]).unwrap_err().contains("NEXGATE_MASTER_KEY"));
        let key = "ab".repeat(32);
        assert!(load(Mode::Production, &[("NEXGATE_MASTER_KEY", &key)]).is_ok());
        assert!(load(Mode::Production, &[("NEXGATE_MASTER_KEY", "short")]).is_err());
    }

    #[test]
    fn old_master_keys_come_from_the_environment_or_the_file_and_no_message_shows_them() {
        let (current, old) = ("ab".repeat(32), "ca".repeat(32));
        let settings = [("NEXGATE_MASTER_KEY", current.as_str()), ("NEXGATE_OLD_MASTER_KEYS", old.as_str())];
        assert_eq!(load(Mode::Production, &settings).unwrap().keys.old(), 1);
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("nexgate.toml");
        let read = |line: &str| {
            std::fs::write(&path, format!("log = \"info\"\nmaster_key = \"{current}\"\n{line}\n")).unwrap();
            Config::load(Mode::Production, Some(&path), &Environment::new(), dir.path().to_owned())
        };
        assert_eq!(read(&format!("old_master_keys = \"{old}, {}\"", "cb".repeat(32))).unwrap().keys.old(), 2);
        for odd in [format!("\"{old}ca\""), format!("[\"{old}\"]"), old.clone(), "12".repeat(32), format!("\"{old}")] {
            let refused = read(&format!("old_master_keys = {odd}")).unwrap_err();
            assert!(!refused.contains("caca") && !refused.contains("1212"), "{refused}");
        }
    }

    #[test]
    fn a_setting_that_is_none_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("nexgate.toml");
        let read = |text: &str| {
            std::fs::write(&path, text).unwrap();
            Config::load(Mode::Development, Some(&path), &Environment::new(), dir.path().to_owned())
        };
        let config = read("log = \"warn\"\n[payment]\nfee = 1\n[databases]\nauth = \"postgres://there\"\n").unwrap();
        assert_eq!(config.sections().collect::<Vec<_>>(), ["payment"]);
        assert_eq!(config.database_of("auth").unwrap(), "postgres://there");
        assert!(read("auth_database_url = \"postgres://there\"").unwrap_err().contains("there is no setting auth_database_url"));
        assert!(read("[limits]\nbody = 1").is_err());
    }
}
