//! A running server, a child of ours or an orphan of an owner that was killed: is it alive, and how it is stopped.

use std::{
    ffi::OsString,
    fs,
    os::unix::ffi::OsStringExt,
    path::{Path, PathBuf},
    process::Child,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::error::ClusterError;

/// How long a fast shutdown may take: it writes a checkpoint.
const FAST: Duration = Duration::from_secs(20);
/// How long an immediate one may take: PostgreSQL itself kills its children after 5 s.
const IMMEDIATE: Duration = Duration::from_secs(10);
/// How often we look.
pub(crate) const GLANCE: Duration = Duration::from_millis(20);

/// The first process of a server.
#[derive(Debug)]
pub(crate) struct Postmaster {
    pid: Pid,
    /// None for an adopted one.
    child: Option<Child>,
    data: PathBuf,
}

impl Postmaster {
    /// The child just spawned for `data`.
    pub fn spawned(child: Child, data: PathBuf) -> Self {
        Self { pid: Pid::from_child(&child), child: Some(child), data }
    }

    /// The live server of `data`, whoever started it.
    pub fn find(data: &Path) -> Option<Self> {
        Self::named_in(&data.join("postmaster.pid"), data)
    }

    fn named_in(lock: &Path, data: &Path) -> Option<Self> {
        let lock = fs::read_to_string(lock).ok()?;
        let found = Self { pid: Pid::from_raw(lock.lines().next()?.parse().ok()?)?, child: None, data: data.to_owned() };
        found.arguments().map(|_alive| found)
    }

    /// Removes a `lock` file of a dead server of `data` that names a corpse nobody buries, or a stranger with its number:
    /// PostgreSQL takes either for a live server and would never start. That no other process of the dead server is left
    /// it checks by itself, on the shared memory.
    pub fn forget_dead(data: &Path, lock: &Path) {
        let named = fs::read_to_string(lock).unwrap_or_default();
        let pid = named.lines().next().unwrap_or_default();
        // A process we can't see is left to PostgreSQL to judge.
        let seen = !pid.is_empty() && Path::new("/proc").join(pid).join("cmdline").exists();
        if seen && Self::named_in(lock, data).is_none() {
            // Where it can't be removed, PostgreSQL says so.
            let _removed = fs::remove_file(lock);
        }
    }

    pub fn pid(&self) -> u32 {
        self.pid.as_raw_nonzero().get().unsigned_abs()
    }

    /// What the process was started with, if it is a server of our directory: process ids are used again by others.
    /// The command line is all that root may read of another user's process in every container.
    pub fn arguments(&self) -> Option<Vec<OsString>> {
        let line = fs::read(format!("/proc/{}/cmdline", self.pid())).ok()?;
        let mut words = line.strip_suffix(b"\0")?.split(|byte| *byte == 0).map(|word| OsString::from_vec(word.to_vec()));
        let program = PathBuf::from(words.next()?);
        let arguments: Vec<_> = words.collect();
        (program.ends_with("postgres") && arguments.iter().any(|word| *word == self.data)).then_some(arguments)
    }

    /// Looks, and buries a dead child: PostgreSQL takes an unburied one for a live server.
    pub fn is_alive(&mut self) -> bool {
        match &mut self.child {
            Some(child) => matches!(child.try_wait(), Ok(None)),
            None => self.arguments().is_some(),
        }
    }

    /// Fast shutdown; an immediate one, from which the next start recovers, when that takes too long.
    pub fn stop(&mut self) -> Result<(), ClusterError> {
        for (signal, patience) in [(Signal::INT, FAST), (Signal::QUIT, IMMEDIATE)] {
            if self.is_alive() {
                // The only refusal possible is that it ended in between, which is what we want.
                let _gone = kill_process(self.pid, signal);
            }
            if self.ends_within(patience) {
                return Ok(());
            }
        }
        Err(ClusterError::NotStopped { pid: self.pid() })
    }

    fn ends_within(&mut self, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        while self.is_alive() {
            if Instant::now() > deadline {
                return false;
            }
            thread::sleep(GLANCE);
        }
        true
    }
}
