//! `manifest.json`: what a backup holds. It is written last, so a folder without one is no backup.

use std::{collections::BTreeMap, io::ErrorKind};

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::folder::{Folder, told};
use crate::{db, keys::Keys, service::Service};

/// Its name in the folder.
const NAME: &str = "manifest.json";
/// The form of this file; another number is of another time.
const FORMAT: u32 = 1;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    /// The version of Nexgate that took it.
    pub version: String,
    /// Before the first snapshot was taken.
    pub begun: Timestamp,
    pub ended: Timestamp,
    /// Which master key was the current one: a keyed hash that says nothing of the key.
    key: String,
    pub databases: Vec<Dump>,
    /// The files of `objects` in the data directory.
    pub objects: Vec<Kept>,
}

/// One database, as pg_dump wrote it in one snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dump {
    #[serde(flatten)]
    pub kept: Kept,
    /// The services that live there.
    pub services: Vec<String>,
    /// PostgreSQL's own version there.
    pub server: String,
    /// By schema, what was applied.
    pub migrations: BTreeMap<String, Vec<Migration>>,
}

/// A migration as the database remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Migration {
    pub version: i64,
    /// Hexadecimal, of its text.
    pub checksum: String,
}

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// From the folder.
    pub file: String,
    pub bytes: u64,
    /// Hexadecimal.
    pub sha256: String,
}

impl Manifest {
    pub(super) fn new(keys: &Keys, begun: Timestamp, ended: Timestamp, databases: Vec<Dump>, objects: Vec<Kept>) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Self { format: FORMAT, version, begun, ended, key: shown(&keys.derive(FINGERPRINT)), databases, objects }
    }

    pub(super) fn write(&self, folder: &Folder) -> Result<(), String> {
        let text = serde_json::to_vec_pretty(self).map_err(|error| error.to_string())?;
        folder.write(NAME, &text).map(drop)
    }

    pub(super) fn read(folder: &Folder) -> Result<Self, String> {
        let path = folder.path(NAME);
        let text = std::fs::read_to_string(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => format!("{} is missing: this is no whole backup", path.display()),
            _ => told(&path, &error),
        })?;
        let damaged = |error: serde_json::Error| format!("{} is damaged: {error}", path.display());
        let form: serde_json::Value = serde_json::from_str(&text).map_err(damaged)?;
        match form.get("format").and_then(serde_json::Value::as_u64) {
            Some(format) if format != u64::from(FORMAT) => {
                Err(format!("{} is of form {format}, and this version reads form {FORMAT}", path.display()))
            }
            _ => serde_json::from_value(form).map_err(damaged),
        }
    }

    /// Refuses a folder with any file that isn't what it was. Reads all of them.
    pub(super) fn must_be_whole(&self, folder: &Folder) -> Result<(), String> {
        self.databases.iter().map(|dump| &dump.kept).chain(&self.objects).try_for_each(|kept| folder.must_hold(kept))
    }

    /// Refuses a backup that later versions made: it holds migrations that aren't ours.
    pub(super) fn must_be_known(&self, services: &[Service]) -> Result<(), String> {
        let ours: BTreeMap<&str, Vec<Migration>> = db::migrators(services).map(|(name, migrator)| (name, of(migrator))).collect();
        for (schema, applied) in self.databases.iter().flat_map(|dump| &dump.migrations) {
            let known = ours.get(schema.as_str());
            if let Some(odd) = applied.iter().find(|migration| !known.is_some_and(|known| known.contains(migration))) {
                let (made, version) = (&self.version, odd.version);
                return Err(format!(
                    "this backup was made by Nexgate {made} and holds migration {version} of {schema}, which this version \
                     ({}) doesn't know; restore it with that version",
                    env!("CARGO_PKG_VERSION")
                ));
            }
        }
        Ok(())
    }

    /// Refuses master keys without its own, be it the current one or an old one: nobody would stay signed in, and nothing
    /// sealed would open.
    pub(super) fn must_open_with(&self, keys: &Keys) -> Result<(), String> {
        if keys.derive_all(FINGERPRINT).iter().any(|key| shown(key) == self.key) {
            return Ok(());
        }
        Err("this backup was taken under another master key: name it in NEXGATE_MASTER_KEY or NEXGATE_OLD_MASTER_KEYS, or put the \
             old master.key into the data directory"
            .into())
    }
}

/// The purpose a manifest knows the master key by.
const FINGERPRINT: &str = "backup.fingerprint";

fn shown(key: &[u8; 32]) -> String {
    data_encoding::HEXLOWER.encode(key)
}

fn of(migrator: &sqlx::migrate::Migrator) -> Vec<Migration> {
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    migrator.iter().map(|one| Migration { version: one.version, checksum: hex(&one.checksum) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(schema: &str, migration: Migration) -> Manifest {
        let kept = Kept { file: "auth.dump".into(), bytes: 0, sha256: String::new() };
        let migrations = BTreeMap::from([(schema.to_owned(), vec![migration])]);
        let dump = Dump { kept, services: vec!["auth".into()], server: "15.13".into(), migrations };
        let (begun, ended) = (Timestamp::from_microsecond(1), Timestamp::from_microsecond(2));
        Manifest::new(&Keys::from_master([1; 32]), begun, ended, vec![dump], Vec::new())
    }

    #[test]
    fn what_is_written_is_read() {
        let (dir, manifest) = (tempfile::tempdir().unwrap(), manifest("kernel", Migration { version: 1, checksum: "ab".into() }));
        let folder = Folder::at(dir.path());
        assert!(Manifest::read(&folder).unwrap_err().contains("no whole backup"));
        manifest.write(&folder).unwrap();
        assert_eq!(Manifest::read(&folder).unwrap(), manifest);
        let later = Manifest { format: 2, ..manifest };
        later.write(&folder).unwrap();
        assert!(Manifest::read(&folder).unwrap_err().contains("form 2"));
        folder.write(NAME, b"{\"format\": 1").unwrap();
        assert!(Manifest::read(&folder).unwrap_err().contains("is damaged"));
    }

    #[test]
    fn a_migration_of_another_number_text_or_service_is_of_a_newer_version() {
        let (_, kernel) = db::migrators(&[]).next().unwrap();
        let ours = of(kernel).remove(0);
        manifest("kernel", ours.clone()).must_be_known(&[]).unwrap();
        let odd = [
            ("kernel", Migration { version: 99, ..ours.clone() }),
            ("kernel", Migration { checksum: "ab".into(), ..ours.clone() }),
            ("events", ours),
        ];
        for (schema, migration) in odd {
            let said = manifest(schema, migration).must_be_known(&[]).unwrap_err();
            assert!(said.contains("doesn't know; restore it with that version"), "{said}");
        }
    }

    #[test]
    fn it_opens_with_its_own_key_only_current_or_old_and_holds_nothing_of_it() {
        let manifest = manifest("kernel", Migration { version: 1, checksum: "ab".into() });
        manifest.must_open_with(&Keys::from_master([1; 32])).unwrap();
        manifest.must_open_with(&Keys::from_master([2; 32]).accepting([[1; 32]])).unwrap();
        for others in [Keys::from_master([2; 32]), Keys::from_master([2; 32]).accepting([[3; 32]])] {
            assert!(manifest.must_open_with(&others).unwrap_err().contains("another master key"));
        }
        assert!(!serde_json::to_string(&manifest).unwrap().contains(&"01".repeat(32)));
    }
}
