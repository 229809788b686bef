//! `Cluster`: a private PostgreSQL server that runs as long as its owner wants it to.

use std::{
    fmt::Write,
    fs::File,
    path::{Path, PathBuf},
};

use crate::{
    Binaries, ClusterError, PORT, SUPERUSER, make::make, own::own, place::Place, postmaster::Postmaster, server::Server,
};

/// Whether what was committed is kept, whatever happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durable {
    Yes,
    /// For tests: faster. A `kill -9` may take the commits of the last half second, a power cut the whole cluster.
    No,
}

/// What to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The cluster's own directory; made when missing.
    pub dir: PathBuf,
    pub binaries: Binaries,
    /// Settings of `postgresql.conf` by name; they win over ours.
    pub settings: Vec<(String, String)>,
    pub durable: Durable,
}

/// A server that takes connections, and the only right to its directory. Dropping it stops the server.
#[derive(Debug)]
pub struct Cluster {
    server: Server,
    postmaster: Postmaster,
    leaving: bool,
    /// Last, so that the directory is given back after the server has stopped.
    _lock: File,
}

impl Cluster {
    /// Owns the directory, makes the cluster when it is missing, adopts its live server or starts one, and waits until it
    /// takes connections: 2–5 s the first time, mostly below 1 s later, at most about a minute. Blocks the thread.
    pub fn start(options: &Options) -> Result<Self, ClusterError> {
        let place = Place::prepare(&options.dir)?;
        let lock = own(&place.dir)?;
        make(&place, &options.binaries, options.durable)?;
        let server = Server::new(options, place);
        let postmaster = server.up()?;
        Ok(Self { server, postmaster, leaving: false, _lock: lock })
    }

    /// Starts the server again if it has died, and says whether it had; for a watcher. Blocks the thread.
    pub fn restart_if_dead(&mut self) -> Result<bool, ClusterError> {
        if self.postmaster.is_alive() {
            return Ok(false);
        }
        self.postmaster = self.server.launch()?;
        Ok(true)
    }

    /// The address of `database` as libpq, psql and sqlx read it.
    pub fn url(&self, database: &str) -> String {
        let (host, database) = (encoded(self.socket_dir().as_os_str().as_encoded_bytes()), encoded(database.as_bytes()));
        format!("postgres://{SUPERUSER}@localhost:{PORT}/{database}?host={host}")
    }

    /// Where the server's socket is.
    pub fn socket_dir(&self) -> &Path {
        &self.server.socket_dir
    }

    /// The server's first process.
    pub fn pid(&self) -> u32 {
        self.postmaster.pid()
    }

    /// Stops the server and waits until it is gone: open transactions are rolled back, connections closed.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        self.leaving = true;
        self.postmaster.stop()
    }

    /// Gives the directory back and lets the server run; the next `start` adopts it.
    pub fn leave(mut self) {
        self.leaving = true;
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if !self.leaving {
            // Nobody is left to tell; the next start adopts what didn't stop.
            let _stopped = self.postmaster.stop();
        }
    }
}

/// Stops a server left behind in `dir`, and says whether there was one. Refused while a live owner holds the directory.
pub fn stop_in(dir: &Path) -> Result<bool, ClusterError> {
    let Ok(dir) = dir.canonicalize() else { return Ok(false) };
    if !dir.join("data").exists() {
        return Ok(false);
    }
    let _lock = own(&dir)?;
    match Postmaster::find(&dir.join("data")) {
        Some(mut found) => found.stop().map(|()| true),
        None => Ok(false),
    }
}

/// Percent-encodes all that isn't unreserved in a URL (RFC 3986).
fn encoded(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut url, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            url.push(char::from(*byte));
        } else {
            let _infallible = write!(url, "%{byte:02X}");
        }
        url
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_means_something_in_a_url_is_encoded() {
        assert_eq!(encoded("/var/a b?c&ü".as_bytes()), "%2Fvar%2Fa%20b%3Fc%26%C3%BC");
        assert_eq!(encoded(b"nexgate_test-1.x~"), "nexgate_test-1.x~");
    }
}
