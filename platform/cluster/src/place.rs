//! Where a cluster lives on disk, and who may enter which part of it.

use std::{
    fs::{self, DirBuilder, Permissions},
    hash::{DefaultHasher, Hash, Hasher},
    io::ErrorKind,
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown},
    },
    path::{Path, PathBuf},
};

use rustix::process::geteuid;

use crate::{
    PORT,
    error::{ClusterError, Doing},
    user::User,
};

/// A socket's address has room for 107 bytes; some are kept for the lock file beside it.
const LONGEST_SOCKET: usize = 99;

/// The directory of one cluster: `lock`, `postgres.log`, `data/` and `socket/`.
#[derive(Debug)]
pub(crate) struct Place {
    /// Absolute and free of links, so that two starts of one cluster write it alike.
    pub dir: PathBuf,
    pub user: Option<User>,
}

impl Place {
    /// Makes `dir` where it is missing, and checks that the server's user can get there.
    pub fn prepare(dir: &Path) -> Result<Self, ClusterError> {
        let user = User::to_run_as()?;
        if !dir.exists() {
            fs::create_dir_all(dir).doing("make", dir)?;
            fs::set_permissions(dir, Permissions::from_mode(0o755)).doing("open", dir)?;
        }
        let dir = dir.canonicalize().doing("look at", dir)?;
        if let Some(user) = &user {
            user.can_reach(&dir)?;
        }
        Ok(Self { dir, user })
    }

    pub fn data(&self) -> PathBuf {
        self.dir.join("data")
    }

    pub fn log(&self) -> PathBuf {
        self.dir.join("postgres.log")
    }

    /// The directory of the socket: ours, or a short one in the temp directory where ours can't be an address.
    pub fn socket_dir(&self) -> PathBuf {
        let near = self.dir.join("socket");
        // PostgreSQL reads a list here: a comma or quote would split the path.
        let plain = !near.as_os_str().as_bytes().iter().any(|byte| b",\"".contains(byte));
        if plain && socket_in(&near).as_os_str().len() <= LONGEST_SOCKET { near } else { self.far_socket_dir() }
    }

    fn far_socket_dir(&self) -> PathBuf {
        let mut hash = DefaultHasher::new();
        self.dir.hash(&mut hash);
        std::env::temp_dir().join(format!("nexgate-{:016x}", hash.finish()))
    }

    /// A directory only the server's user may enter. One that is there already must be ours: names in the temp directory
    /// can be taken by anybody.
    pub fn make_private(&self, path: &Path) -> Result<(), ClusterError> {
        match DirBuilder::new().mode(0o700).create(path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => self.must_be_ours(path)?,
            made => made.doing("make", path)?,
        }
        if let Some(user) = &self.user {
            chown(path, Some(user.uid), Some(user.gid)).doing("give away", path)?;
        }
        Ok(())
    }

    fn must_be_ours(&self, path: &Path) -> Result<(), ClusterError> {
        let there = fs::symlink_metadata(path).doing("look at", path)?;
        let owned = there.uid() == geteuid().as_raw() || self.user.as_ref().is_some_and(|user| user.uid == there.uid());
        let others = there.mode() & 0o077;
        if there.is_dir() && owned && others == 0 {
            return Ok(());
        }
        Err(ClusterError::NotOurs { path: path.to_owned() })
    }
}

/// The socket PostgreSQL makes in `dir`.
pub(crate) fn socket_in(dir: &Path) -> PathBuf {
    dir.join(format!(".s.PGSQL.{PORT}"))
}
