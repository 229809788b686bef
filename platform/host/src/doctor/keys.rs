//! The master key: read with the settings, and nobody else's business.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::finding::Finding;

const SUBJECT: &str = "master key";

pub(super) fn look(data_dir: &Path) -> Finding {
    let path = data_dir.join("master.key");
    match fs::metadata(&path).map(|file| file.permissions().mode() & 0o077) {
        Err(_) => Finding::ok(SUBJECT, "given"),
        Ok(0) => Finding::ok(SUBJECT, format!("in {}", path.display())),
        Ok(_) => Finding::bad(SUBJECT, format!("others may read {0}: chmod 600 {0}", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;

    use super::*;
    use crate::doctor::Verdict;

    #[test]
    fn a_key_others_may_read_is_bad() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(look(dir.path()).verdict, Verdict::Ok);
        let path = dir.path().join("master.key");
        fs::write(&path, "").unwrap();
        for (mode, expected) in [(0o600, Verdict::Ok), (0o640, Verdict::Bad), (0o604, Verdict::Bad)] {
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            assert_eq!(look(dir.path()).verdict, expected, "{mode:o}");
        }
    }
}
