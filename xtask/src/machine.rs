//! Putting what is missing on this machine, where we may: as root, with apt-get.

use std::{
    collections::BTreeSet,
    fs,
    fs::OpenOptions,
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    process::Command,
};

use anyhow::{Result, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::process::{run, succeeds};

/// Read by Debian's PostgreSQL packages: without it they make and start a cluster of their own.
const CLUSTER_SETTINGS: &str = "/etc/postgresql-common/createcluster.conf";
/// Asked by Debian's packages before they start a service: 101 forbids it.
const POLICY: &str = "/usr/sbin/policy-rc.d";
const NO_SERVICES: &str = "#!/bin/sh\nexit 101\n";
/// Erlang's name server, which any command of Erlang's starts and nobody stops.
const EPMD: &str = "epmd";

/// Installs Debian packages; where we may not, says what to type.
pub fn install(packages: &[&str]) -> Result<()> {
    let by_hand = format!("apt-get install --no-install-recommends {}", packages.join(" "));
    if !rustix::process::geteuid().is_root() || !succeeds(Command::new("apt-get").arg("--version")) {
        bail!("{} missing; install with: {by_hand}", packages.join(" and "));
    }
    println!("installing {}", packages.join(" "));
    run(apt_get().arg("update"))?;
    run(apt_get().args(["install", "-y", "--no-install-recommends"]).args(packages))
}

/// Installs packages of servers that we run ourselves: Debian starts none, and what the install left running is stopped.
pub fn install_without_starting(packages: &[&str]) -> Result<()> {
    let before = processes(EPMD);
    let policy = Policy::forbid(Path::new(POLICY))?;
    let result = install(packages);
    drop(policy);
    for pid in processes(EPMD).difference(&before).filter_map(|pid| Pid::from_raw(*pid)) {
        // It may have ended by itself just now.
        let _ended = kill_process(pid, Signal::TERM);
    }
    result
}

/// While it lives, Debian starts no services; a policy that was there before stays and decides.
struct Policy<'a> {
    ours: Option<&'a Path>,
}

impl<'a> Policy<'a> {
    fn forbid(path: &'a Path) -> Result<Self> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self { ours: None });
        }
        match OpenOptions::new().create_new(true).write(true).mode(0o755).open(path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Self { ours: None }),
            made => {
                made?.write_all(NO_SERVICES.as_bytes())?;
                Ok(Self { ours: Some(path) })
            }
        }
    }
}

impl Drop for Policy<'_> {
    fn drop(&mut self) {
        if let Some(path) = self.ours {
            // Where it can't be removed, the next `apt-get` says whom it obeys.
            let _removed = fs::remove_file(path);
        }
    }
}

/// Keeps Debian from making a cluster nobody asked for; settings that are there already stay.
pub fn want_no_debian_cluster() -> Result<()> {
    let path = Path::new(CLUSTER_SETTINGS);
    if path.exists() || !rustix::process::geteuid().is_root() {
        return Ok(());
    }
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir)?;
    }
    fs::write(path, "create_main_cluster = false\n")?;
    Ok(())
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.arg("-q").env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// The processes of this machine with that name.
fn processes(name: &str) -> BTreeSet<i32> {
    let is_named = |dir: &Path| fs::read_to_string(dir.join("comm")).is_ok_and(|comm| comm.trim_end() == name);
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter(|entry| is_named(&entry.path())).filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use std::{io::Read, os::unix::fs::PermissionsExt, process::Stdio};

    use super::*;

    #[test]
    fn a_policy_is_executable_and_gone_afterwards_and_one_that_was_there_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("policy-rc.d");
        let policy = Policy::forbid(&path).unwrap();
        // Only root may install, so nobody else forbids anything.
        assert_eq!(path.exists(), rustix::process::geteuid().is_root());
        if path.exists() {
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o755);
            assert_eq!(Command::new(&path).status().unwrap().code(), Some(101));
        }
        drop(policy);
        assert!(!path.exists());
        fs::write(&path, "theirs").unwrap();
        drop(Policy::forbid(&path).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
    }

    #[test]
    fn a_process_is_found_by_its_whole_name() {
        let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let pid = i32::try_from(child.id()).unwrap();
        // It has its own name only once it runs.
        child.stdin.as_mut().unwrap().write_all(b"x").unwrap();
        child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
        let seen = ["cat", "ca"].map(|name| processes(name).contains(&pid));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(seen, [true, false]);
    }
}
