//! PostgreSQL for developers: the installed one, and a private server that can't outlive us.

use std::{
    fs, io,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::Result;
use cluster::{Binaries, Cluster, Durable, Options};

use crate::{machine, private::Private};

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

/// A private server; its address is that of the database `postgres`.
pub fn start() -> Result<Private> {
    binaries()?;
    Private::start("PostgreSQL", "hold-postgres", &[])
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
