//! The limit: what pgbench reaches on the very same PostgreSQL server.

use std::{path::PathBuf, process::Command, time::Duration};

use anyhow::{Context, Result, bail};
use cluster::Binaries;

use crate::platform::Platform;

/// A built-in script of pgbench (PostgreSQL manual, pgbench, "What Is the Transaction Actually Performed").
#[derive(Clone, Copy)]
pub enum Script {
    /// One indexed read.
    SelectOnly,
    /// Five statements in a transaction that commits.
    TpcbLike,
}

impl Script {
    pub fn name(self) -> &'static str {
        match self {
            Self::SelectOnly => "select-only",
            Self::TpcbLike => "tpcb-like",
        }
    }
}

/// Transactions a second.
pub fn pgbench(platform: &Platform, script: Script, clients: usize, time: Duration) -> Result<u64> {
    let url = platform.database()?;
    fill(&url)?;
    let clients = clients.to_string();
    let seconds = time.as_secs().to_string();
    let arguments = ["-n", "-M", "prepared", "-j", "2", "-c", &clients, "-T", &seconds, "-b", script.name()];
    let said = output(Command::new(program("pgbench")?).args(arguments).arg(&url))?;
    let tps = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split('.').next()?.parse().ok());
    tps.context("pgbench said no tps")
}

/// Pgbench's own tables, in a schema of the platform's database that goes with its data directory.
fn fill(url: &str) -> Result<()> {
    output(Command::new(program("pgbench")?).args(["-i", "-q", "-s", "10"]).arg(url)).map(drop)
}

fn program(name: &str) -> Result<PathBuf> {
    let path = Binaries::find(None)?.dir().join(name);
    if path.is_file() { Ok(path) } else { bail!("{} is not installed beside PostgreSQL", path.display()) }
}

fn output(command: &mut Command) -> Result<String> {
    let done = command.output()?;
    if done.status.success() {
        return Ok(String::from_utf8(done.stdout)?);
    }
    bail!("{}", String::from_utf8_lossy(&done.stderr))
}
