//! The platform under load: `nexgate up` on a private data directory, stopped and removed at the end.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// A node in a process of its own.
pub struct Platform {
    program: PathBuf,
    child: Child,
    dir: TempDir,
    address: String,
    ready_after: Duration,
}

impl Platform {
    pub fn start(program: &Path) -> Result<Self> {
        let dir = tempfile::tempdir()?;
        // PostgreSQL runs as another user when we are root, and must reach its files.
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755))?;
        Self::up(program.to_owned(), dir)
    }

    /// Stops it as an operator does and starts it again on the same data.
    pub fn restart(mut self) -> Result<Self> {
        self.stop()?;
        let dir = std::mem::replace(&mut self.dir, tempfile::tempdir()?);
        Self::up(self.program.clone(), dir)
    }

    fn up(program: PathBuf, dir: TempDir) -> Result<Self> {
        let begun = Instant::now();
        let mut command = Self::command(&program, dir.path());
        let mut child = command.arg("up").stderr(Stdio::piped()).spawn().with_context(|| program.display().to_string())?;
        let mut lines = BufReader::new(child.stderr.take().context("no standard error")?).lines();
        let address = loop {
            let line = lines.next().context("nexgate ended before it served")??;
            if let Some((_, address)) = line.split_once("http://") {
                break address.trim().to_owned();
            }
        };
        // Somebody must go on reading, or the node would wait for room to log.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { program, child, dir, address, ready_after: begun.elapsed() })
    }

    fn command(program: &Path, dir: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_remove("DATABASE_URL").env("NEXGATE_DATA_DIR", dir).env("NEXGATE_HTTP_ADDR", "127.0.0.1:0");
        command.env("NEXGATE_LOG", "info,sqlx=off").current_dir(dir).stdin(Stdio::null());
        command
    }

    pub fn ready_after(&self) -> Duration {
        self.ready_after
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The address of its database.
    pub fn database(&self) -> Result<String> {
        Ok(fs::read_to_string(self.dir.path().join("database.url"))?)
    }

    /// Resident memory of the node alone, in MB.
    pub fn resident_mb(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.trim().trim_end_matches("kB").trim().parse::<u64>()? / 1024)
    }

    /// Asks the ledger whether anything is broken after the load.
    pub fn must_be_sound(&self) -> Result<()> {
        let done = Self::command(&self.program, self.dir.path()).args(["ledger", "verify"]).output()?;
        println!("{}", String::from_utf8_lossy(&done.stdout).trim());
        if done.status.success() { Ok(()) } else { bail!("{}", String::from_utf8_lossy(&done.stderr)) }
    }

    fn stop(&mut self) -> Result<()> {
        kill_process(Pid::from_child(&self.child), Signal::TERM)?;
        let status = self.child.wait()?;
        if status.success() { Ok(()) } else { bail!("nexgate ended with {status}") }
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None))
            && let Err(error) = self.stop()
        {
            eprintln!("bench: {error:#}");
        }
    }
}
