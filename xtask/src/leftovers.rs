//! Processes that outlived the tests which started them.

use std::{
    fs,
    path::Path,
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use rustix::process::{Pid, Signal, getpid, kill_process, set_child_subreaper};

/// How long a process that was told to stop may take.
const PATIENCE: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(50);

/// From now on, whatever our descendants leave behind becomes our own child.
pub fn adopt() -> Result<()> {
    Ok(set_child_subreaper(Some(getpid()))?)
}

/// Stops and reports what was left; `holder` is a child that we still need.
pub fn refuse(holder: u32) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    let mut left = children(holder);
    while !left.is_empty() && Instant::now() < deadline {
        sleep(GLANCE);
        left = children(holder);
    }
    if left.is_empty() {
        return Ok(());
    }
    for pid in left.iter().filter_map(|(pid, _)| Pid::from_raw(*pid)) {
        // It may have ended by itself just now.
        let _ended = kill_process(pid, Signal::INT);
    }
    let names: Vec<_> = left.iter().map(|(pid, name)| format!("{name} ({pid})")).collect();
    bail!("left running by the tests: {}", names.join(", "))
}

/// Our living children besides `holder`, with their names.
fn children(holder: u32) -> Vec<(i32, String)> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let child = |dir: &Path| {
        let pid: i32 = dir.file_name()?.to_str()?.parse().ok()?;
        let stat = fs::read_to_string(dir.join("stat")).ok()?;
        let (name, rest) = stat.split_once('(')?.1.rsplit_once(')')?;
        let mut fields = rest.split_whitespace();
        let (state, parent) = (fields.next()?, fields.next()?.parse::<u32>().ok()?);
        let is_left = parent == std::process::id() && state != "Z" && u32::try_from(pid).ok()? != holder;
        is_left.then(|| (pid, name.to_owned()))
    };
    processes.filter_map(|entry| child(&entry.path())).collect()
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_child_is_seen_until_it_ends() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let pid = i32::try_from(child.id()).unwrap();
        let is_seen = |holder: u32| children(holder).iter().any(|(seen, _)| *seen == pid);
        assert!(is_seen(0) && !is_seen(child.id()));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!is_seen(0));
    }
}
