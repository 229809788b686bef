//! Where the installed PostgreSQL is, and what to type when there is none.

use std::{
    env,
    error::Error,
    fmt, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The oldest major version whose SQL we use.
const OLDEST: u32 = 15;
/// Where Debian keeps one directory per installed major version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// A directory that holds `initdb` and `postgres`, new enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    dir: PathBuf,
    version: u32,
}

impl Binaries {
    /// Looks at `setting` alone when there is one; otherwise asks `pg_config`, then walks PATH, then takes the newest of
    /// Debian's directories.
    pub fn find(setting: Option<&Path>) -> Result<Self, Missing> {
        if let Some(dir) = setting {
            return Self::inside(dir).ok_or_else(|| Missing { looked_in: Some(dir.to_owned()) });
        }
        let mut places = pg_config().into_iter().chain(on_path()).chain(debian());
        places.find_map(|dir| Self::inside(&dir)).ok_or(Missing { looked_in: None })
    }

    fn inside(dir: &Path) -> Option<Self> {
        let version = major(&output(&dir.join("postgres"), "--version")?)?;
        (version >= OLDEST && dir.join("initdb").is_file()).then(|| Self { dir: dir.to_owned(), version })
    }

    /// The directory of the binaries; `psql` and `pgbench` are usually beside them.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The major version.
    pub fn version(&self) -> u32 {
        self.version
    }
}

/// PostgreSQL isn't there, or is too old; its `Display` says what to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    looked_in: Option<PathBuf>,
}

impl Missing {
    /// The command that installs PostgreSQL on this machine, where we know one.
    pub fn install_command() -> Option<&'static [&'static str]> {
        Path::new("/etc/debian_version").exists().then_some(&["apt-get", "install", "postgresql"])
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgreSQL {OLDEST} or newer (initdb and postgres) isn't ")?;
        match &self.looked_in {
            Some(dir) => write!(f, "in {}, the directory the settings name", dir.display())?,
            None => f.write_str("installed")?,
        }
        match Self::install_command() {
            Some(words) => write!(f, "; install it with: {}", words.join(" ")),
            None => f.write_str("; install your system's PostgreSQL server package"),
        }
    }
}

impl Error for Missing {}

fn output(program: &Path, argument: &str) -> Option<String> {
    let done = Command::new(program).arg(argument).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    done.status.success().then(|| String::from_utf8_lossy(&done.stdout).trim().to_owned())
}

/// Reads 15 out of `postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)`.
fn major(version: &str) -> Option<u32> {
    let number = version.split_once("(PostgreSQL) ")?.1;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn pg_config() -> Option<PathBuf> {
    output(Path::new("pg_config"), "--bindir").map(PathBuf::from)
}

fn on_path() -> Vec<PathBuf> {
    env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default()
}

fn debian() -> Vec<PathBuf> {
    let installed = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut versions: Vec<u32> = installed.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    versions.sort_unstable_by(|a, b| b.cmp(a));
    versions.into_iter().map(|version| Path::new(DEBIAN).join(version.to_string()).join("bin")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_any_release_name() {
        let cases = [
            ("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)", Some(15)),
            ("postgres (PostgreSQL) 18beta1", Some(18)),
            ("postgres (PostgreSQL) 9.6.24", Some(9)),
            ("something else 17", None),
        ];
        for (version, expected) in cases {
            assert_eq!(major(version), expected, "{version}");
        }
    }

    #[test]
    fn a_setting_that_holds_no_postgresql_is_named_and_not_passed_over() {
        let empty = tempfile::tempdir().unwrap();
        let missing = Binaries::find(Some(empty.path())).unwrap_err();
        assert!(missing.to_string().contains(empty.path().to_str().unwrap()), "{missing}");
    }

    #[test]
    fn what_is_missing_says_how_to_install_it() {
        let said = Missing { looked_in: None }.to_string();
        assert!(said.contains("isn't installed; install"), "{said}");
    }
}
