//! Settings: one typed value from `nexgate.toml` and `NEXGATE_*`, read once at the start.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use kernel::Fault;
use serde::{Deserialize, de::DeserializeOwned};

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
    /// Where `initdb` and `postgres` are, when they aren't found by themselves.
    pub postgres_bin: Option<PathBuf>,
    pub keys: Keys,
    pub limits: Limits,
    /// The services' own tables of the file, by service name.
    sections: toml::Table,
}

/// What one node takes on at a time.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Largest request body in bytes, where a route doesn't say otherwise.
    pub body_bytes: usize,
    /// Requests worked on at once; past it the answer is 503 with Retry-After.
    pub in_flight: usize,
    /// Seconds a request may take before it is answered 503; a write goes on by itself.
    pub request_seconds: u64,
    /// Database connections of one service on this node; the sum over services stays below 60.
    pub connections: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body_bytes: 1 << 20, in_flight: 512, request_seconds: 30, connections: 8 }
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
    #[serde(default)]
    limits: Limits,
    #[serde(flatten)]
    sections: toml::Table,
}

/// The environment as it was when the process started.
pub type Environment = BTreeMap<String, String>;

impl Config {
    /// Reads `file`, lets `NEXGATE_*` (and `DATABASE_URL`) win over it, and makes the master key where `mode` allows.
    pub fn load(mode: Mode, file: Option<&Path>, env: &Environment, default_dir: PathBuf) -> Result<Self, String> {
        let mut file = read(file)?;
        let setting = |name: &str| env.get(name).filter(|value| !value.is_empty()).cloned();
        let http_addr = match setting("NEXGATE_HTTP_ADDR") {
            Some(text) => {
                text.parse().map_err(|_| format!("NEXGATE_HTTP_ADDR: {text:?} is not an address like 127.0.0.1:8080"))?
            }
            None => file.http_addr.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080))),
        };
        if mode == Mode::Development && !http_addr.ip().is_loopback() {
            return Err(format!("development mode listens on loopback only, not on {http_addr}"));
        }
        let data_dir = setting("NEXGATE_DATA_DIR").map(PathBuf::from).or(file.data_dir.take()).unwrap_or(default_dir);
        let keys = Keys::load(mode, setting("NEXGATE_MASTER_KEY").or(file.master_key.take()), &data_dir)?;
        let url = setting("NEXGATE_PUBLIC_URL").or(file.public_url).unwrap_or_else(|| format!("http://{http_addr}"));
        Ok(Self {
            mode,
            http_addr,
            keys,
            data_dir,
            public_url: url.trim_end_matches('/').to_owned(),
            log: setting("NEXGATE_LOG").or(file.log).unwrap_or_else(|| "info,sqlx=warn".into()),
            database_url: setting("DATABASE_URL").or(file.database_url),
            postgres_bin: setting("NEXGATE_POSTGRES_BIN").map(PathBuf::from).or(file.postgres_bin),
            limits: file.limits,
            sections: file.sections,
        })
    }

    /// The table `[service]` of the file as the service's own type; absent keys take the type's defaults.
    pub fn section<T: DeserializeOwned + Default>(&self, service: &str) -> Result<T, Fault> {
        match self.sections.get(service) {
            Some(table) => table.clone().try_into().map_err(|error| Fault::internal(format_args!("[{service}]: {error}"))),
            None => Ok(T::default()),
        }
    }

    /// For tests: development mode, everything at its default, a fixed master key.
    pub fn for_tests(database_url: String) -> Self {
        Self {
            mode: Mode::Development,
            data_dir: PathBuf::new(),
            http_addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: "http://nexgate.test".into(),
            log: "warn".into(),
            database_url: Some(database_url),
            postgres_bin: None,
            keys: Keys::from_master([7; 32]),
            limits: Limits::default(),
            sections: toml::Table::new(),
        }
    }
}

fn read(path: Option<&Path>) -> Result<File, String> {
    let Some(path) = path else { return Ok(File::default()) };
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
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
    fn production_wants_its_master_key() {
        assert!(load(Mode::Production, &[]).unwrap_err().contains("NEXGATE_MASTER_KEY"));
        let key = "ab".repeat(32);
        assert!(load(Mode::Production, &[("NEXGATE_MASTER_KEY", &key)]).is_ok());
        assert!(load(Mode::Production, &[("NEXGATE_MASTER_KEY", "short")]).is_err());
    }
}
