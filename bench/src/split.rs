//! Two nodes on a real broker, over one private PostgreSQL that keeps what was committed.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use cluster::{Binaries, Cluster, Durable, Options};
use sqlx::PgPool;
use tempfile::TempDir;

use crate::{cpu::Watched, node::Node, platform::open_dir, settling};

/// What a node mounts and does. Only the first one relays, so every fact that the second one hears was told by another.
const PARTS: [[&str; 2]; 2] =
    [["auth,profile,files,payment,notification", "http,relay,worker"], ["commerce,social", "http,worker"]];

pub struct Split {
    nodes: Vec<Node>,
    /// The private addresses of the nodes.
    peers: [SocketAddr; 2],
    program: PathBuf,
    pub broker: String,
    pub database: String,
    /// Comes as the owner, to tell facts and to count what was heard.
    pub owner: PgPool,
    cluster: Cluster,
    dir: TempDir,
}

impl Split {
    /// A migrated database, and no node yet.
    pub fn prepare(program: &Path, broker: &str) -> Result<Self> {
        let dir = open_dir()?;
        let options = Options {
            dir: dir.path().join("postgres"),
            binaries: Binaries::find(None)?,
            settings: Vec::new(),
            durable: Durable::Yes,
        };
        let cluster = Cluster::start(&options)?;
        let database = cluster.url("postgres");
        let split = Self {
            nodes: Vec::new(),
            peers: free_addresses()?,
            program: program.to_owned(),
            broker: broker.to_owned(),
            owner: settling::owner(&database)?,
            database,
            cluster,
            dir,
        };
        for [services, _] in PARTS {
            let done = split.command().env("NEXGATE_SERVICES", services).arg("migrate").output()?;
            if !done.status.success() {
                bail!("{}", String::from_utf8_lossy(&done.stderr));
            }
        }
        Ok(split)
    }

    pub fn start(&mut self) -> Result<()> {
        for ([services, roles], peer) in PARTS.iter().zip(self.peers) {
            let mut command = self.command();
            command.env("NEXGATE_PEER_ADDR", peer.to_string());
            command.args(["serve", "--dev", "--services", services, "--roles", roles]);
            self.nodes.push(Node::start(&mut command)?);
        }
        Ok(())
    }

    pub fn stop(&mut self) -> Result<()> {
        self.nodes.drain(..).try_for_each(|mut node| node.stop())
    }

    /// Its nodes and their PostgreSQL.
    pub fn watched(&self) -> Watched {
        Watched { nodes: self.nodes.iter().map(Node::pid).collect(), postmaster: Some(self.cluster.pid()) }
    }

    /// Where people come in who need accounts.
    pub fn accounts(&self) -> Result<&Node> {
        self.nodes.first().context("no node runs")
    }

    /// The node of commerce, which asks the other one.
    pub fn market(&self) -> Result<&Node> {
        self.nodes.last().context("no node runs")
    }

    fn command(&self) -> Command {
        let peers = PARTS.iter().zip(self.peers).map(|([services, _], peer)| format!("{services}=http://{peer}"));
        let mut command = Command::new(&self.program);
        command
            .env("NEXGATE_DATA_DIR", self.dir.path())
            .env("NEXGATE_LOG", "info,sqlx=off,lapin=off")
            .env("NEXGATE_AMQP_URL", &self.broker)
            .env("NEXGATE_HTTP_ADDR", "127.0.0.1:0")
            .env("NEXGATE_PUBLIC_URL", "http://nexgate.test")
            .env("NEXGATE_PEERS", peers.collect::<Vec<_>>().join(" "))
            .env("NEXGATE_MASTER_KEY", "ab".repeat(32))
            .env("DATABASE_URL", &self.database)
            .current_dir(self.dir.path());
        command
    }
}

/// Found before the nodes start, because each must know the other's.
fn free_addresses() -> Result<[SocketAddr; 2]> {
    let bind = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let held = [bind()?, bind()?];
    let [first, second] = held.each_ref().map(TcpListener::local_addr);
    Ok([first?, second?])
}
