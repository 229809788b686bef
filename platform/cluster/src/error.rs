//! `ClusterError`: every way the supervisor says no, in words for the person at the terminal.

use std::{error::Error, fmt, io, path::PathBuf};

/// Why a private cluster couldn't be started, watched or stopped.
#[derive(Debug)]
pub enum ClusterError {
    /// Another live process owns the directory.
    Owned { dir: PathBuf, pid: Option<u32> },
    /// We are root, and the machine has no user to run PostgreSQL as.
    NoUser,
    /// We are root, and the user PostgreSQL runs as can't enter `at`, a parent of the cluster.
    NotTraversable { user: String, at: PathBuf },
    /// The cluster was made by another major version than the one found.
    OtherVersion { data: PathBuf, made: String, found: u32 },
    /// A directory that should be ours alone belongs to somebody else.
    NotOurs { path: PathBuf },
    /// `initdb` failed; what it said.
    Initdb { output: String },
    /// The server ended before it was ready; its last log lines.
    Died { log: String },
    /// The server runs and doesn't answer in time; its last log lines.
    NotReady { log: String },
    /// The server outlived both a fast and an immediate shutdown.
    NotStopped { pid: u32 },
    /// The operating system refused something.
    Io { doing: &'static str, path: PathBuf, source: io::Error },
}

impl fmt::Display for ClusterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Owned { dir, pid: Some(pid) } => {
                write!(f, "the database in {} is in use by another Nexgate, process {pid}", dir.display())
            }
            Self::Owned { dir, pid: None } => write!(f, "the database in {} is in use by another Nexgate", dir.display()),
            Self::NoUser => f.write_str("PostgreSQL refuses to run as root, and this machine has no user `postgres` or `nobody`"),
            Self::NotTraversable { user, at } => write!(
                f,
                "PostgreSQL refuses to run as root, so it runs as `{user}`, who can't enter {0}; choose a data directory \
                 elsewhere, such as /var/lib/nexgate, or allow it with: chmod o+x {0}",
                at.display()
            ),
            Self::OtherVersion { data, made, found } => write!(
                f,
                "the database in {} was made by PostgreSQL {made}, and PostgreSQL {found} was found; name the binaries of \
                 version {made} in the settings, or move the data with pg_upgrade",
                data.display()
            ),
            Self::NotOurs { path } => write!(f, "{} belongs to somebody else; remove it and try again", path.display()),
            Self::Initdb { output } => write!(f, "initdb couldn't make a database:\n{output}"),
            Self::Died { log } => write!(f, "PostgreSQL ended before it was ready; it said last:\n{log}"),
            Self::NotReady { log } => write!(f, "PostgreSQL runs and doesn't answer; it said last:\n{log}"),
            Self::NotStopped { pid } => write!(f, "PostgreSQL, process {pid}, doesn't stop"),
            Self::Io { doing, path, source } => write!(f, "couldn't {doing} {}: {source}", path.display()),
        }
    }
}

impl Error for ClusterError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Says what we were doing, and to which path, when the operating system refused.
pub(crate) trait Doing<T> {
    fn doing(self, what: &'static str, path: impl Into<PathBuf>) -> Result<T, ClusterError>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, what: &'static str, path: impl Into<PathBuf>) -> Result<T, ClusterError> {
        self.map_err(|source| ClusterError::Io { doing: what, path: path.into(), source })
    }
}
