//! Limits: what pgbench reaches on the very same PostgreSQL server, and what bare argon2 reaches on all processors.

use std::{
    num::NonZeroUsize,
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use cluster::Binaries;
use futures_util::future::BoxFuture;

use crate::{
    cpu::Watched,
    market::PASSWORD,
    platform::Platform,
    turns::{Round, Side},
};

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

/// Pgbench on the database of a platform.
pub struct Pgbench {
    url: String,
    watched: Watched,
    clients: usize,
    script: Script,
}

impl Pgbench {
    pub fn on(platform: &Platform, script: Script, clients: usize) -> Result<Self> {
        Ok(Self { url: platform.database()?, watched: platform.watched()?, clients, script })
    }

    /// Pgbench's own tables, in a schema of the platform's database that goes with its data directory. A branch for each client, as
    /// its manual wants it: with fewer they would wait for each other.
    pub fn fill(platform: &Platform, clients: usize) -> Result<()> {
        let scale = clients.max(10).to_string();
        output(Command::new(program("pgbench")?).args(["-i", "-q", "-s", &scale]).arg(platform.database()?)).map(drop)
    }

    fn run(&self, time: Duration) -> Result<Round> {
        let (clients, seconds) = (self.clients.to_string(), time.as_secs().max(1).to_string());
        let arguments = ["-n", "-M", "prepared", "-j", "2", "-c", &clients, "-T", &seconds, "-b", self.script.name()];
        let before = self.watched.read()?;
        let said = output(Command::new(program("pgbench")?).args(arguments).arg(&self.url))?;
        let spent = self.watched.read()? - before;
        let find = |name: &str| said.lines().find_map(|line| Some(line.strip_prefix(name)?.split([' ', '/']).next()?.to_owned()));
        let items: u32 = find("number of transactions actually processed: ").context("pgbench counted nothing")?.parse()?;
        let rate: f64 = find("tps = ").context("pgbench said no tps")?.parse()?;
        // By its own clock, which leaves out how long its connections took to open.
        Ok(Round { items, wall: Duration::from_secs_f64(f64::from(items) / rate), spent, settled_after: Duration::ZERO })
    }
}

impl Side for Pgbench {
    fn round(&mut self, time: Duration) -> BoxFuture<'_, Result<Round>> {
        Box::pin(async move { tokio::task::block_in_place(|| self.run(time)) })
    }
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

/// A loop on every processor that checks a password against a hash as auth keeps it: 19 MiB, two passes, one lane.
pub struct BareArgon2 {
    hash: String,
    threads: NonZeroUsize,
}

impl BareArgon2 {
    pub fn new() -> Result<Self> {
        let params = Params::new(19 * 1024, 2, 1, None).map_err(said)?;
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash = hasher.hash_password_with_salt(PASSWORD.as_bytes(), b"nobody's own salt").map_err(said)?;
        Ok(Self { hash: hash.to_string(), threads: thread::available_parallelism()? })
    }

    fn run(&self, time: Duration) -> Result<Round> {
        let hash = PasswordHash::new(&self.hash).map_err(said)?;
        let (nobody, count) = (Watched::default(), AtomicU32::new(0));
        let (before, begun) = (nobody.read()?, Instant::now());
        let check = || {
            while begun.elapsed() < time {
                Argon2::default().verify_password(PASSWORD.as_bytes(), &hash).map_err(said)?;
                count.fetch_add(1, Ordering::Relaxed);
            }
            anyhow::Ok(())
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..self.threads.get()).map(|_| scope.spawn(check)).collect();
            threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| anyhow::anyhow!("a thread panicked"))?)
        })?;
        let wall = begun.elapsed();
        Ok(Round { items: count.load(Ordering::Relaxed), wall, spent: nobody.read()? - before, settled_after: Duration::ZERO })
    }
}

impl Side for BareArgon2 {
    fn round(&mut self, time: Duration) -> BoxFuture<'_, Result<Round>> {
        Box::pin(async move { tokio::task::block_in_place(|| self.run(time)) })
    }
}

/// Errors of argon2 are no `std::error::Error` for everybody.
fn said(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow::anyhow!("argon2: {error}")
}
