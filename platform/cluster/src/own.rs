//! One owner per directory: a file lock, which the kernel gives back however the owner ends.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::Write,
    path::Path,
    process,
};

use crate::error::{ClusterError, Doing};

/// Holds the directory until the file is closed. Children don't inherit it: an orphaned server holds nothing.
pub(crate) fn own(dir: &Path) -> Result<File, ClusterError> {
    let path = dir.join("lock");
    let mut lock = OpenOptions::new().create(true).truncate(false).write(true).open(&path).doing("open", &path)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(ClusterError::Owned { dir: dir.to_owned(), pid: owner(&path) }),
        Err(TryLockError::Error(error)) => return Err(error).doing("lock", &path),
    }
    // The number is for people who meet the refusal; the lock alone decides.
    lock.set_len(0).and_then(|()| write!(lock, "{}", process::id())).doing("write", &path)?;
    Ok(lock)
}

fn owner(lock: &Path) -> Option<u32> {
    fs::read_to_string(lock).ok()?.trim().parse().ok()
}
