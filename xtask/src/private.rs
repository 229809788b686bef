//! Private servers of developer commands: a directory of its own each, and a child of ours that stops it however we end.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::leftovers;

/// What a test run may need in memory: bytes free in /dev/shm.
const ROOM: u64 = 2 << 30;

/// A server, held by a child of ours that watches a pipe: however we end, `kill -9` included, the pipe closes and the
/// child stops the server. Ctrl-C reaches us and not the child, which has a process group of its own.
pub struct Private {
    /// For people: PostgreSQL, RabbitMQ.
    name: &'static str,
    holder: Child,
    dir: PathBuf,
    url: String,
    pid: u32,
}

impl Private {
    /// Runs our own hidden command `hold` on a new directory; it says the server's process and address.
    pub fn start(name: &'static str, hold: &str, args: &[&str]) -> Result<Self> {
        let dir = fresh_dir(name)?;
        let mut command = Command::new(env::current_exe()?);
        command.arg(hold).arg(&dir).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
        let mut holder = command.spawn()?;
        let mut said = String::new();
        BufReader::new(holder.stdout.take().context("no pipe")?).read_line(&mut said)?;
        let Some((pid, url)) = said.trim().split_once(' ') else { bail!("the private {name} didn't start") };
        Ok(Self { pid: pid.parse()?, url: url.to_owned(), name, holder, dir })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The child that holds the server.
    pub fn holder(&self) -> u32 {
        self.holder.id()
    }

    pub fn is_running(&self) -> bool {
        leftovers::is_alive(self.pid)
    }

    /// Stops the server, and makes sure that it is gone.
    pub fn stop(mut self) -> Result<()> {
        drop(self.holder.stdin.take());
        let status = self.holder.wait()?;
        if self.is_running() {
            bail!("{}, process {}, was left running", self.name, self.pid);
        }
        if !status.success() || self.dir.exists() {
            bail!("the private {} in {} didn't end well ({status})", self.name, self.dir.display());
        }
        Ok(())
    }
}

/// A new directory: in memory where there is room, else on disk.
fn fresh_dir(server: &str) -> Result<PathBuf> {
    let has_room = |dir: &Path| rustix::fs::statvfs(dir).is_ok_and(|fs| fs.f_bavail.saturating_mul(fs.f_frsize) >= ROOM);
    let memory = Some(PathBuf::from("/dev/shm")).filter(|dir| has_room(dir));
    let name = |try_: u32| format!("nexgate-test-{}-{try_}", std::process::id());
    memory
        .into_iter()
        .chain([env::temp_dir()])
        .flat_map(|parent| (0..10).map(move |try_| parent.join(name(try_))))
        .find(|dir| fs::create_dir(dir).is_ok())
        .with_context(|| format!("no directory for a private {server}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_server_has_a_directory_of_its_own() {
        let made = [(); 2].map(|()| fresh_dir("server").unwrap());
        assert_ne!(made[0], made[1]);
        for dir in made {
            assert!(fs::read_dir(&dir).unwrap().next().is_none());
            fs::remove_dir(dir).unwrap();
        }
    }
}
