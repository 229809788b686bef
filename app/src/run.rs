//! Starting, serving and stopping.

use std::net::SocketAddr;

use host::{Config, Ids, Mode, Node, postgres::Postgres, telemetry};
use kernel::{Clock, Fault};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_util::sync::CancellationToken;

/// What to do about migrations before serving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Migrations {
    Apply,
    MustBeDone,
}

/// Serves until SIGINT or SIGTERM.
pub async fn serve(mut config: Config, migrations: Migrations) -> Result<(), String> {
    telemetry::logs(config.mode, &config.log)?;
    if config.mode == Mode::Production && !config.public_url.starts_with("https://") {
        tracing::warn!("NEXGATE_PUBLIC_URL doesn't begin with https://: the cookies of the pages aren't bound to TLS");
    }
    // Bound first: a second node on this address finds out before it touches the database.
    let public = bind(config.http_addr).await?;
    let private = match config.peer_addr {
        Some(addr) => Some(bind(addr).await?),
        None => None,
    };
    let stop = stop_on_signal()?;
    let postgres = Postgres::open(&config).await?;
    config.database_url = postgres.url.clone();
    let served = prepared(config, public, private, migrations, stop).await.map_err(|fault| fault.to_string());
    postgres.stop().await.and(served)
}

async fn bind(addr: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(addr).await.map_err(|error| format!("{addr}: {error}"))
}

async fn prepared(
    config: Config,
    public: TcpListener,
    private: Option<TcpListener>,
    migrations: Migrations,
    stop: CancellationToken,
) -> Result<(), Fault> {
    match migrations {
        Migrations::Apply => migrate(&config).await?,
        Migrations::MustBeDone => must_be_migrated(&config).await?,
    }
    let clock = Clock::system();
    let node = Node::new(config, clock.clone(), Ids::system(clock), nexgate::services())?;
    node.serve(public, private, stop).await
}

pub async fn migrate(config: &Config) -> Result<(), Fault> {
    Node::migrate(config, &nexgate::services()).await
}

async fn must_be_migrated(config: &Config) -> Result<(), Fault> {
    match Node::pending(config, &nexgate::services()).await? {
        0 => Ok(()),
        missing => Err(Fault::internal(format_args!("{missing} migrations are missing; run `nexgate migrate`"))),
    }
}

fn stop_on_signal() -> Result<CancellationToken, String> {
    let (stop, told) = (CancellationToken::new(), |error: std::io::Error| error.to_string());
    let mut interrupt = signal(SignalKind::interrupt()).map_err(told)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(told)?;
    let stopped = stop.clone();
    tokio_util::task::TaskTracker::new().spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        stopped.cancel();
    });
    Ok(stop)
}
