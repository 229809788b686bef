//! The private PostgreSQL: run beside the node, watched, and stopped with it.

use std::{
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread::JoinHandle,
    time::Duration,
};

use cluster::{Binaries, Cluster, ClusterError, Durable, Options};
use sqlx::{ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};

use crate::config::{Config, Mode};

const DATABASE: &str = "nexgate";
/// How often the watcher looks whether the server still lives.
const WATCH: Duration = Duration::from_millis(250);

/// A database the node may use, and the server behind it where that is ours.
#[derive(Debug)]
pub struct Postgres {
    /// `None` where every service has a database of its own.
    pub url: Option<String>,
    server: Option<Server>,
}

#[derive(Debug)]
struct Server {
    stop: Sender<()>,
    watcher: JoinHandle<Result<(), ClusterError>>,
}

impl Postgres {
    /// The configured databases, or a private cluster in the data directory, started or adopted. Production never runs one.
    pub async fn open(config: &Config) -> Result<Self, String> {
        let all_have_one = config.services.as_ref().is_some_and(|all| all.iter().all(|one| config.databases.contains_key(one)));
        if config.database_url.is_some() || all_have_one {
            return Ok(Self { url: config.database_url.clone(), server: None });
        }
        if config.mode == Mode::Production {
            return Err("DATABASE_URL is required: a PostgreSQL 15 or newer of yours".into());
        }
        let binaries = Binaries::find(config.postgres_bin.as_deref()).map_err(|missing| missing.to_string())?;
        let dir = config.data_dir.join("postgres");
        let options = Options { dir, binaries, settings: Vec::new(), durable: Durable::Yes };
        let started = tokio::task::spawn_blocking(move || Cluster::start(&options)).await.map_err(|died| died.to_string())?;
        let cluster = started.map_err(|error| error.to_string())?;
        let url = cluster.url(DATABASE);
        create_database(&cluster.url("postgres")).await.map_err(|error| error.to_string())?;
        note(config, &url).map_err(|error| format!("{}: {error}", noted(&config.data_dir).display()))?;
        let (stop, stopped) = mpsc::channel();
        let watcher = std::thread::spawn(move || watch(cluster, &stopped));
        Ok(Self { url: Some(url), server: Some(Server { stop, watcher }) })
    }

    /// The database of the node that runs on this data directory, for commands beside it; opens it itself where none runs.
    pub async fn beside(config: &Config) -> Result<Self, String> {
        let running = noted_url(&config.data_dir).filter(|_| config.database_url.is_none());
        if let Some(url) = running
            && let Ok(options) = url.parse::<PgConnectOptions>()
            && let Ok(conn) = PgConnection::connect_with(&options).await
        {
            conn.close().await.map_err(|error| error.to_string())?;
            return Ok(Self { url: Some(url), server: None });
        }
        Self::open(config).await
    }

    /// Stops the server where it is ours; open transactions are rolled back.
    pub async fn stop(self) -> Result<(), String> {
        let Some(server) = self.server else { return Ok(()) };
        // A watcher that has ended already hears nothing, and says below why.
        let _ = server.stop.send(());
        let joined = tokio::task::spawn_blocking(move || server.watcher.join()).await.map_err(|died| died.to_string())?;
        joined.map_err(|_| "the watcher of PostgreSQL panicked".to_owned())?.map_err(|error| error.to_string())
    }
}

/// Starts the server again whenever it has died, until it is told to stop.
fn watch(mut cluster: Cluster, stopped: &mpsc::Receiver<()>) -> Result<(), ClusterError> {
    while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(WATCH) {
        match cluster.restart_if_dead() {
            Ok(false) => {}
            Ok(true) => tracing::warn!("PostgreSQL had died and was started again"),
            Err(error) => tracing::error!(%error, "PostgreSQL has died and can't be started again yet"),
        }
    }
    cluster.stop()
}

async fn create_database(url: &str) -> Result<(), sqlx::Error> {
    let options: PgConnectOptions = url.parse()?;
    let mut conn = options.connect().await?;
    let known = sqlx::query_scalar!("select 1 from pg_database where datname = $1", DATABASE).fetch_optional(&mut conn).await?;
    if known.is_none() {
        sqlx::raw_sql("create database nexgate").execute(&mut conn).await?;
    }
    conn.close().await
}

fn noted(data_dir: &Path) -> PathBuf {
    data_dir.join("database.url")
}

/// The address of the private cluster that ran in this data directory last.
pub(crate) fn noted_url(data_dir: &Path) -> Option<String> {
    std::fs::read_to_string(noted(data_dir)).ok()
}

/// Leaves the address for commands that run beside the node.
fn note(config: &Config, url: &str) -> std::io::Result<()> {
    let mut file =
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(noted(&config.data_dir))?;
    file.write_all(url.as_bytes())
}

/// Whether the process runs as root, which PostgreSQL itself refuses to.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}
