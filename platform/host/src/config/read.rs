//! How the settings are read: the file first, the environment over it.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use ipnet::IpNet;
use serde::Deserialize;

use super::{
    Config, Limits, Mode, Roles,
    channels::{Channels, Written},
};
use crate::master::{self, Given};

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
    smtp_url: Option<String>,
    mail_from: Option<String>,
    sms_url: Option<String>,
    sms_key: Option<String>,
    sms_sender: Option<String>,
    extra_roots: Option<PathBuf>,
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
            channels: Channels::read(Written {
                smtp_url: setting("NEXGATE_SMTP_URL").or(file.smtp_url),
                mail_from: setting("NEXGATE_MAIL_FROM").or(file.mail_from),
                sms_url: setting("NEXGATE_SMS_URL").or(file.sms_url),
                sms_key: setting("NEXGATE_SMS_KEY").or(file.sms_key),
                sms_sender: setting("NEXGATE_SMS_SENDER").or(file.sms_sender),
                extra_roots: setting("NEXGATE_EXTRA_ROOTS").map(PathBuf::from).or(file.extra_roots),
            })?,
            postgres_bin: setting("NEXGATE_POSTGRES_BIN").map(PathBuf::from).or(file.postgres_bin),
            limits: file.limits,
            sections: file.sections,
        })
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
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
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
