//! The master key: read with the settings, and nobody else's business; old ones should go one day.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::finding::Finding;
use crate::keys::Keys;

const SUBJECT: &str = "master key";

pub(super) fn look(keys: &Keys, data_dir: &Path) -> Vec<Finding> {
    let old = match keys.old() {
        0 => None,
        1 => Some("1 old master key is still accepted".to_owned()),
        many => Some(format!("{many} old master keys are still accepted")),
    };
    [Some(kept(data_dir)), old.map(|said| Finding::look(SUBJECT, said))].into_iter().flatten().collect()
}

fn kept(data_dir: &Path) -> Finding {
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
        assert_eq!(kept(dir.path()).verdict, Verdict::Ok);
        let path = dir.path().join("master.key");
        fs::write(&path, "").unwrap();
        for (mode, expected) in [(0o600, Verdict::Ok), (0o640, Verdict::Bad), (0o604, Verdict::Bad)] {
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            assert_eq!(kept(dir.path()).verdict, expected, "{mode:o}");
        }
    }

    #[test]
    fn old_keys_are_counted_as_long_as_there_are_any() {
        let (dir, keys) = (tempfile::tempdir().unwrap(), Keys::from_master([3; 32]));
        let said = |keys: &Keys| look(keys, dir.path()).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(said(&keys), ["ok   master key: given"]);
        let one = keys.accepting([[2; 32]]);
        assert_eq!(said(&one), ["ok   master key: given", "look master key: 1 old master key is still accepted"]);
        assert_eq!(said(&one.accepting([[1; 32]]))[1], "look master key: 2 old master keys are still accepted");
    }
}
