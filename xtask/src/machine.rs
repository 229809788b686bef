//! Putting what is missing on this machine, where we may: as root, with apt-get.

use std::{fs, path::Path, process::Command};

use anyhow::{Result, bail};

use crate::process::{run, succeeds};

/// Read by Debian's PostgreSQL packages: without it they make and start a cluster of their own.
const CLUSTER_SETTINGS: &str = "/etc/postgresql-common/createcluster.conf";

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
