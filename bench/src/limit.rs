//! Limits: what pgbench reaches on the very same PostgreSQL server, and what bare argon2 reaches on all processors.

use std::{
    fs,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use cluster::Binaries;
use futures_util::future::BoxFuture;

use crate::{
    cpu::Watched,
    platform::Platform,
    turns::{Round, Side},
};

/// Its sessions plan as a node's do.
const SESSION: &str = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off";

/// A built-in script of pgbench (PostgreSQL manual, pgbench, "What Is the Transaction Actually Performed").
#[derive(Clone, Copy)]
pub enum Script {
    /// One indexed read.
    SelectOnly,
    /// Five statements in a transaction that commits.
    TpcbLike,
    /// The same without the two that everybody waits for.
    SimpleUpdate,
}

impl Script {
    pub fn name(self) -> &'static str {
        match self {
            Self::SelectOnly => "select-only",
            Self::TpcbLike => "tpcb-like",
            Self::SimpleUpdate => "simple-update",
        }
    }
}

/// Pgbench on the database of a platform.
pub struct Pgbench {
    url: String,
    watched: Watched,
    clients: usize,
    /// What it runs, as its command line says it.
    what: Vec<String>,
}

impl Pgbench {
    pub fn on(platform: &Platform, script: Script, clients: usize) -> Result<Self> {
        Self::with(platform, vec!["-b".to_owned(), script.name().to_owned()], clients)
    }

    /// On statements of our own, a file each, one as often as the other.
    pub fn on_files(platform: &Platform, files: &Path, clients: usize) -> Result<Self> {
        let mut what = Vec::new();
        for file in fs::read_dir(files)? {
            what.extend(["-f".to_owned(), file?.path().to_string_lossy().into_owned()]);
        }
        Self::with(platform, what, clients)
    }

    fn with(platform: &Platform, what: Vec<String>, clients: usize) -> Result<Self> {
        Ok(Self { url: platform.database()?, watched: platform.watched()?, clients, what })
    }

    /// Pgbench's own tables, in a schema of the platform's database that goes with its data directory. A branch for each client, as
    /// its manual wants it: with fewer they would wait for each other.
    pub fn fill(platform: &Platform, clients: usize) -> Result<()> {
        let scale = clients.max(10).to_string();
        output(Command::new(program("pgbench")?).args(["-i", "-q", "-s", &scale]).arg(platform.database()?)).map(drop)
    }

    fn run(&self, time: Duration) -> Result<Round> {
        let (clients, seconds) = (self.clients.to_string(), time.as_secs().max(1).to_string());
        let threads = thread::available_parallelism()?.to_string();
        let arguments = ["-n", "-M", "prepared", "-j", &threads, "-c", &clients, "-T", &seconds];
        let before = self.watched.read()?;
        let said =
            output(Command::new(program("pgbench")?).args(arguments).args(&self.what).arg(&self.url).env("PGOPTIONS", SESSION))?;
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

/// A loop on every processor that hashes a password as auth does, 19 MiB, two passes, one lane, in memory it has already.
pub struct BareArgon2 {
    hasher: Argon2<'static>,
    threads: NonZeroUsize,
}

impl BareArgon2 {
    pub fn new() -> Result<Self> {
        let params = Params::new(19 * 1024, 2, 1, None).map_err(said)?;
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Ok(Self { hasher, threads: thread::available_parallelism()? })
    }

    fn run(&self, time: Duration) -> Result<Round> {
        let (nobody, count) = (Watched::default(), AtomicU32::new(0));
        let (before, begun) = (nobody.read()?, Instant::now());
        let check = || {
            let (mut memory, mut hash) = (vec![Block::new(); self.hasher.params().block_count()], [0; 32]);
            while begun.elapsed() < time {
                let made = self.hasher.hash_password_into_with_memory(b"a password", b"its own salt", &mut hash, &mut memory);
                made.map_err(said)?;
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
