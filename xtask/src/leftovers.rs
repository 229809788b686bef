//! Processes that outlived the tests which started them.

use std::{
    fs,
    path::Path,
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use rustix::process::{Pid, Signal, WaitOptions, getpid, kill_process, set_child_subreaper, waitpid};

/// How long a process that was told to stop may take.
const PATIENCE: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(50);

/// From now on, whatever our descendants leave behind becomes our own child.
pub fn adopt() -> Result<()> {
    Ok(set_child_subreaper(Some(getpid()))?)
}

/// Stops and reports what was left; `holders` are children that we still need.
pub fn refuse(holders: &[u32]) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    let mut left = living(holders);
    while !left.is_empty() && Instant::now() < deadline {
        sleep(GLANCE);
        left = living(holders);
    }
    bury(holders);
    if left.is_empty() {
        return Ok(());
    }
    for pid in left.iter().filter_map(|process| Pid::from_raw(process.pid)) {
        // It may have ended by itself just now.
        let _ended = kill_process(pid, Signal::INT);
    }
    let names: Vec<_> = left.iter().map(|process| format!("{} ({})", process.name, process.pid)).collect();
    bail!("left running: {}", names.join(", "))
}

/// Takes note of the children that ended, besides `holders`: nobody else will, and their numbers stay taken.
pub fn bury(holders: &[u32]) {
    children(holders).filter(|process| !process.is_alive()).for_each(|process| process.bury());
}

/// Whether that process is there and hasn't ended; one that ended stays until its parent takes note.
pub fn is_alive(pid: u32) -> bool {
    Process::read(&Path::new("/proc").join(pid.to_string())).is_some_and(|process| process.is_alive())
}

fn living(holders: &[u32]) -> Vec<Process> {
    children(holders).filter(Process::is_alive).collect()
}

/// Our children besides `holders`, those included that ended.
fn children(holders: &[u32]) -> impl Iterator<Item = Process> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let is_left = |process: &Process| {
        process.parent == std::process::id() && !u32::try_from(process.pid).is_ok_and(|pid| holders.contains(&pid))
    };
    processes.filter_map(|entry| Process::read(&entry.path())).filter(is_left)
}

/// What the kernel says of a process.
struct Process {
    pid: i32,
    name: String,
    state: String,
    parent: u32,
}

impl Process {
    fn read(dir: &Path) -> Option<Self> {
        let stat = fs::read_to_string(dir.join("stat")).ok()?;
        let (pid, rest) = stat.split_once(" (")?;
        let (name, rest) = rest.rsplit_once(')')?;
        let mut fields = rest.split_whitespace();
        let (state, parent) = (fields.next()?.to_owned(), fields.next()?.parse().ok()?);
        Some(Self { pid: pid.parse().ok()?, name: name.to_owned(), state, parent })
    }

    fn is_alive(&self) -> bool {
        !["Z", "X"].contains(&&*self.state)
    }

    fn bury(&self) {
        // The only refusal possible is that it is buried already.
        let _buried = waitpid(Pid::from_raw(self.pid), WaitOptions::NOHANG);
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use rustix::process::{WaitId, WaitIdOptions, waitid};

    use super::*;

    #[test]
    fn a_child_is_seen_until_it_ends() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let pid = i32::try_from(child.id()).unwrap();
        let is_seen = |holders: &[u32]| living(holders).iter().any(|process| process.pid == pid);
        assert!(is_seen(&[]) && is_seen(&[1]) && !is_seen(&[1, child.id()]));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!is_seen(&[]));
    }

    #[test]
    fn a_child_that_ended_is_not_alive_and_stays_until_it_is_buried() {
        let mut child = Command::new("true").spawn().unwrap();
        // Waits for its end and leaves it there.
        waitid(WaitId::Pid(Pid::from_child(&child)), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT).unwrap();
        let seen = children(&[]).find(|process| process.pid.unsigned_abs() == child.id()).unwrap();
        assert!(!seen.is_alive() && !is_alive(child.id()));
        seen.bury();
        assert!(children(&[]).all(|process| process.pid != seen.pid));
        assert!(child.wait().is_err(), "nobody is there to wait for");
    }
}
