//! PostgreSQL for developers: the installed one, and a private server that can't outlive us.

use std::{
    env, fs, io,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail};
use cluster::{Binaries, Cluster, Durable, Options};
use rustix::process::Pid;

use crate::machine;

/// What a test run may need in memory: bytes free in /dev/shm.
const ROOM: u64 = 2 << 30;

/// The installed PostgreSQL; installs Debian's where there is none and we may.
pub fn binaries() -> Result<Binaries> {
    if let Ok(found) = Binaries::find(None) {
        return Ok(found);
    }
    if Path::new("/etc/debian_version").exists() {
        machine::want_no_debian_cluster()?;
        machine::install(&["postgresql"])?;
    }
    Ok(Binaries::find(None)?)
}

/// The program that feeds SQL files to a server: beside the server, or in PATH.
pub fn psql() -> Result<PathBuf> {
    let beside = binaries()?.dir().join("psql");
    Ok(if beside.is_file() { beside } else { PathBuf::from("psql") })
}

/// A private server, held by a child of ours that watches a pipe: however we end, `kill -9` included, the pipe closes
/// and the child stops the server. Ctrl-C reaches us and not the child, which has a process group of its own.
pub struct Private {
    holder: Child,
    dir: PathBuf,
    url: String,
    pid: i32,
}

impl Private {
    pub fn start() -> Result<Self> {
        use std::os::unix::process::CommandExt;
        binaries()?;
        let dir = fresh_dir()?;
        let mut hold = Command::new(env::current_exe()?);
        hold.arg("hold-postgres").arg(&dir).stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
        let mut holder = hold.spawn()?;
        let mut said = String::new();
        BufReader::new(holder.stdout.take().context("no pipe")?).read_line(&mut said)?;
        let Some((pid, url)) = said.trim().split_once(' ') else { bail!("the private PostgreSQL didn't start") };
        Ok(Self { pid: pid.parse()?, url: url.to_owned(), holder, dir })
    }

    /// The address of the database `postgres`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The child that holds the server.
    pub fn holder(&self) -> u32 {
        self.holder.id()
    }

    /// Stops the server, and makes sure that it is gone.
    pub fn stop(mut self) -> Result<()> {
        drop(self.holder.stdin.take());
        let status = self.holder.wait()?;
        let is_running = Pid::from_raw(self.pid).is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok());
        if is_running {
            bail!("PostgreSQL, process {}, was left running", self.pid);
        }
        if !status.success() || self.dir.exists() {
            bail!("the private PostgreSQL in {} didn't end well ({status})", self.dir.display());
        }
        Ok(())
    }
}

/// Runs a server in `dir`, says its process and address, and stops it when stdin closes.
pub fn hold(dir: &Path) -> Result<()> {
    let options = Options { dir: dir.to_owned(), binaries: Binaries::find(None)?, settings: Vec::new(), durable: Durable::No };
    let cluster = Cluster::start(&options)?;
    println!("{} {}", cluster.pid(), cluster.url("postgres"));
    io::stdin().read_to_end(&mut Vec::new())?;
    cluster.stop()?;
    fs::remove_dir_all(dir)?;
    Ok(())
}

/// A new directory: in memory where there is room, else on disk.
fn fresh_dir() -> Result<PathBuf> {
    let has_room = |dir: &Path| rustix::fs::statvfs(dir).is_ok_and(|fs| fs.f_bavail.saturating_mul(fs.f_frsize) >= ROOM);
    let memory = Some(PathBuf::from("/dev/shm")).filter(|dir| has_room(dir));
    let name = |try_: u32| format!("nexgate-test-{}-{try_}", std::process::id());
    memory
        .into_iter()
        .chain([env::temp_dir()])
        .flat_map(|parent| (0..10).map(move |try_| parent.join(name(try_))))
        .find(|dir| fs::create_dir(dir).is_ok())
        .context("no directory for a private PostgreSQL")
}
