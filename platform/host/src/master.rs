//! Master keys: where a node finds them, and which it refuses. No message shows anything of a key.

use std::{fs, io, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use data_encoding::HEXLOWER_PERMISSIVE;

use crate::{config::Mode, ids::Ids, keys::Keys};

/// The settings as they were written.
pub(crate) struct Given {
    pub current: Option<String>,
    /// Between commas.
    pub old: Option<String>,
}

/// The given keys; in development, where no current one is given, those in `<data_dir>/master.key`: the first line is the
/// current one, made at the first start (mode 0600), and any further lines are old ones.
pub(crate) fn load(mode: Mode, given: Given, data_dir: &Path) -> Result<Keys, String> {
    let old = given.old.unwrap_or_default();
    let old = listed("NEXGATE_OLD_MASTER_KEYS", old.split(',').map(str::trim).filter(|key| !key.is_empty()))?;
    let (current, kept) = match (given.current, mode) {
        (Some(text), _) => (parse(&text).ok_or("NEXGATE_MASTER_KEY: 64 hexadecimal digits are expected")?, Vec::new()),
        (None, Mode::Production) => {
            return Err("NEXGATE_MASTER_KEY is required: 64 hexadecimal digits, the same on every node".into());
        }
        (None, Mode::Development) => kept(&data_dir.join("master.key"))?,
    };
    // Who changes the key and leaves the list as it was would drop the key before, and end everything it made.
    if old.contains(&current) || kept.contains(&current) {
        return Err("the current master key is also named as an old one: NEXGATE_OLD_MASTER_KEYS, or further lines of \
                    master.key, name those it follows"
            .into());
    }
    Ok(Keys::from_master(current).accepting(old).accepting(kept))
}

fn parse(text: &str) -> Option<[u8; 32]> {
    HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok()?.try_into().ok()
}

fn listed<'a>(place: &str, keys: impl Iterator<Item = &'a str>) -> Result<Vec<[u8; 32]>, String> {
    let wrong = |number| format!("{place}: key {number} of the list isn't 64 hexadecimal digits");
    keys.zip(1..).map(|(key, number)| parse(key).ok_or_else(|| wrong(number))).collect()
}

/// Reads the key file, making it first where there is none; two starters at once end with the same key.
fn kept(path: &Path) -> Result<([u8; 32], Vec<[u8; 32]>), String> {
    let told = |error: io::Error| format!("{}: {error}", path.display());
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).map_err(told)?;
    }
    match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => {
            let key: [u8; 32] = Ids::system(kernel::Clock::system()).bytes();
            file.write_all(HEXLOWER_PERMISSIVE.encode(&key).as_bytes()).and_then(|()| file.sync_all()).map_err(told)?;
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(told(error)),
    }
    let text = fs::read_to_string(path).map_err(told)?;
    let mut keys = listed(&path.display().to_string(), text.lines().filter(|line| !line.trim().is_empty()))?.into_iter();
    let current = keys.next().ok_or_else(|| format!("{}: there is no master key in it", path.display()))?;
    Ok((current, keys.collect()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// The key of 32 such bytes, as people write it.
    fn hex(byte: u8) -> String {
        HEXLOWER_PERMISSIVE.encode(&[byte; 32])
    }

    fn given(current: &str, old: &str) -> Result<Keys, String> {
        let given = Given { current: Some(current.to_owned()), old: Some(old.to_owned()) };
        load(Mode::Production, given, Path::new("/nowhere"))
    }

    /// What keys make and find says which they are.
    fn are(keys: &Keys, masters: &[u8]) -> bool {
        let expected = masters.iter().map(|master| Keys::from_master([*master; 32]).derive("which"));
        keys.derive_all("which") == expected.collect::<Vec<_>>()
    }

    #[test]
    fn the_key_file_is_made_once_and_private() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("master.key");
        assert_eq!(kept(&path).unwrap(), kept(&path).unwrap());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn old_keys_are_named_between_commas() {
        assert!(are(&given(&hex(3), "").unwrap(), &[3]));
        assert!(are(&given(&hex(3), &format!("{}, {},", hex(2), hex(1).to_uppercase())).unwrap(), &[3, 2, 1]));
    }

    #[test]
    fn further_lines_of_the_key_file_are_old_keys() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("master.key"), format!("{}\n{}\n\n", hex(3), hex(2))).unwrap();
        let load = |old| load(Mode::Development, Given { current: None, old }, dir.path());
        assert!(are(&load(None).unwrap(), &[3, 2]));
        assert!(are(&load(Some(hex(1))).unwrap(), &[3, 1, 2]), "and those of the settings");
        for (text, said) in
            [("", "no master key in it"), ("\n3333\n", "key 1 of the list isn't"), ("x", "key 1 of the list isn't")]
        {
            fs::write(dir.path().join("master.key"), text).unwrap();
            let refused = load(None).unwrap_err();
            assert!(refused.contains("master.key: ") && refused.contains(said), "{refused}");
        }
    }

    #[test]
    fn a_key_that_is_none_is_refused_by_its_number_and_not_shown() {
        let (cut, odd) = (&hex(0xca)[..62], hex(0xca).replace('c', "g"));
        for (old, number) in
            [(cut, 1), (odd.as_str(), 1), (&*format!("{},{cut}", hex(2)), 2), (&*format!("{0} {0}", hex(0xca)), 1)]
        {
            let refused = given(&hex(3), old).unwrap_err();
            assert_eq!(refused, format!("NEXGATE_OLD_MASTER_KEYS: key {number} of the list isn't 64 hexadecimal digits"));
        }
        let refused = given(cut, "").unwrap_err();
        assert!(refused.starts_with("NEXGATE_MASTER_KEY: ") && !refused.contains("ca"), "{refused}");
    }

    #[test]
    fn the_current_key_among_the_old_ones_is_a_change_half_done_and_refused() {
        let refused = given(&hex(3), &format!("{},{}", hex(2), hex(3))).unwrap_err();
        assert!(refused.contains("also named as an old one") && !refused.contains("03"), "{refused}");
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("master.key"), format!("{0}\n{0}\n", hex(3))).unwrap();
        assert!(load(Mode::Development, Given { current: None, old: None }, dir.path()).is_err());
    }
}
