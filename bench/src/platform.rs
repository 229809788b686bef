//! The platform under load: `nexgate up` on a private data directory, stopped and removed at the end.

use std::{
    fs,
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::{cpu::Watched, node::Node};

/// Everything in one node.
pub struct Platform {
    program: PathBuf,
    node: Node,
    dir: TempDir,
    ready_after: Duration,
}

impl Platform {
    pub fn start(program: &Path) -> Result<Self> {
        Self::up(program.to_owned(), open_dir()?)
    }

    /// Stops it as an operator does and starts it again on the same data.
    pub fn restart(mut self) -> Result<Self> {
        self.node.stop()?;
        Self::up(self.program, self.dir)
    }

    fn up(program: PathBuf, dir: TempDir) -> Result<Self> {
        let begun = Instant::now();
        let node = Node::start(Self::command(&program, dir.path()).arg("up"))?;
        Ok(Self { program, node, dir, ready_after: begun.elapsed() })
    }

    fn command(program: &Path, dir: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_remove("DATABASE_URL").env("NEXGATE_DATA_DIR", dir).env("NEXGATE_HTTP_ADDR", "127.0.0.1:0");
        // Callers come from many addresses, as through a proxy, so that no limit of one address is what is measured.
        command.env("NEXGATE_TRUSTED_PROXIES", "127.0.0.1/32");
        command.env("NEXGATE_LOG", "info,sqlx=off").current_dir(dir);
        command
    }

    pub fn ready_after(&self) -> Duration {
        self.ready_after
    }

    pub fn base(&self) -> String {
        self.node.url("")
    }

    pub fn address(&self) -> Result<SocketAddr> {
        self.node.socket()
    }

    /// The node and the PostgreSQL it has started.
    pub fn watched(&self) -> Result<Watched> {
        let file = fs::read_to_string(self.dir.path().join("postgres/data/postmaster.pid"))?;
        let postmaster = file.lines().next().context("an empty postmaster.pid")?.parse()?;
        Ok(Watched { nodes: vec![self.node.pid()], postmaster: Some(postmaster) })
    }

    /// The address of its database.
    pub fn database(&self) -> Result<String> {
        Ok(fs::read_to_string(self.dir.path().join("database.url"))?)
    }

    /// Resident memory of the node alone, in MB.
    pub fn resident_mb(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.node.pid()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.trim().trim_end_matches("kB").trim().parse::<u64>()? / 1024)
    }

    /// Asks the ledger whether anything is broken after the load.
    pub fn must_be_sound(&self) -> Result<()> {
        let done = Self::command(&self.program, self.dir.path()).args(["ledger", "verify"]).output()?;
        println!("{}", String::from_utf8_lossy(&done.stdout).trim());
        if done.status.success() { Ok(()) } else { bail!("{}", String::from_utf8_lossy(&done.stderr)) }
    }
}

/// A directory that PostgreSQL reaches, which runs as another user when we are root.
pub fn open_dir() -> Result<TempDir> {
    let dir = tempfile::tempdir()?;
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755))?;
    Ok(dir)
}
