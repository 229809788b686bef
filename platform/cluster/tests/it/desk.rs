//! A temp directory for one cluster; whatever still runs in it ends with the test, however that ends.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use cluster::{Binaries, Cluster, Durable, Options, stop_in};
use tempfile::TempDir;

pub struct Desk {
    root: TempDir,
    pub dir: PathBuf,
}

impl Desk {
    pub fn new() -> Self {
        Self::within("pg")
    }

    /// The cluster's directory is `path` below the temp directory.
    pub fn within(path: &str) -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::set_permissions(root.path(), Permissions::from_mode(0o755)).unwrap();
        let dir = root.path().join(path);
        Self { root, dir }
    }

    /// Shuts the temp directory to everybody else.
    pub fn close(&self) {
        fs::set_permissions(self.root.path(), Permissions::from_mode(0o700)).unwrap();
    }

    pub fn options(&self) -> Options {
        options(&self.dir)
    }

    /// A server that keeps what it was told even when it is killed.
    pub fn start_durable(&self) -> Cluster {
        Cluster::start(&Options { durable: Durable::Yes, ..self.options() }).unwrap()
    }

    pub fn start(&self) -> Cluster {
        Cluster::start(&self.options()).unwrap()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _none = stop_in(&self.dir);
    }
}

/// What a test runs in `dir`.
pub fn options(dir: &Path) -> Options {
    Options { dir: dir.to_owned(), binaries: binaries(), settings: Vec::new(), durable: Durable::No }
}

fn binaries() -> Binaries {
    Binaries::find(None).unwrap()
}

/// The answer to one statement, through psql and the cluster's own url.
pub fn sql(cluster: &Cluster, statement: &str) -> String {
    let psql = binaries().dir().join("psql");
    let done = Command::new(psql).args(["-XAtqc", statement]).arg(cluster.url("postgres")).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// Whether the process exists and isn't a corpse waiting for its parent.
pub fn runs(pid: u32) -> bool {
    fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| !line.is_empty())
}
