//! Whom PostgreSQL runs as: ourselves, or somebody unprivileged when we are root, whom PostgreSQL refuses.

use std::{fs, os::unix::fs::MetadataExt, path::Path};

use rustix::process::geteuid;

use crate::error::{ClusterError, Doing};

const PASSWD: &str = "/etc/passwd";

/// An unprivileged user of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
}

impl User {
    /// Nobody in particular when we aren't root; `postgres`, or else `nobody`, when we are.
    pub fn to_run_as() -> Result<Option<Self>, ClusterError> {
        if !geteuid().is_root() {
            return Ok(None);
        }
        let passwd = fs::read_to_string(PASSWD).doing("read", PASSWD)?;
        let user = Self::named("postgres", &passwd).or_else(|| Self::named("nobody", &passwd));
        user.map(Some).ok_or(ClusterError::NoUser)
    }

    fn named(name: &str, passwd: &str) -> Option<Self> {
        passwd.lines().find_map(|line| {
            let mut fields = line.split(':');
            let (found, _password) = (fields.next()?, fields.next()?);
            let (uid, gid) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
            (found == name).then(|| Self { name: name.to_owned(), uid, gid })
        })
    }

    /// Refuses when some directory on the way to `dir` can't be entered by this user.
    pub fn can_reach(&self, dir: &Path) -> Result<(), ClusterError> {
        for at in dir.ancestors() {
            let entry = fs::metadata(at).doing("look at", at)?;
            let bit = if entry.uid() == self.uid {
                0o100
            } else if entry.gid() == self.gid {
                0o010
            } else {
                0o001
            };
            if entry.mode() & bit == 0 {
                return Err(ClusterError::NotTraversable { user: self.name.clone(), at: at.to_owned() });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\npostgres2:x:7:7::/:\npostgres:x:101:104:,,,:/var/lib:/bin/sh\n";
        let found = User::named("postgres", passwd).unwrap();
        assert_eq!((found.uid, found.gid), (101, 104));
        assert_eq!(User::named("nobody", passwd), None);
    }
}
