//! The folder `objects` of the data directory: into a backup, and back.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::{
    folder::{Folder, told},
    manifest::Kept,
};
use crate::objects::FOLDER as NAME;

/// In the name of what isn't whole yet, as `object_store` writes it; no key of ours has it.
const UNFINISHED: u8 = b'#';

/// Copies what is there into the backup; nothing where there is no such folder.
pub(super) fn save(data_dir: &Path, folder: &Folder) -> Result<Vec<Kept>, String> {
    let from = data_dir.join(NAME);
    if !from.is_dir() {
        return Ok(Vec::new());
    }
    let files = below(&from, PathBuf::from(NAME))?;
    files.iter().filter_map(|file| copied(&data_dir.join(file), folder, file).transpose()).collect()
}

/// Refuses a data directory that holds objects: theirs would mix with those of the backup.
pub(super) fn must_have_room(data_dir: &Path, objects: &[Kept]) -> Result<(), String> {
    let place = data_dir.join(NAME);
    if objects.is_empty() || fs::read_dir(&place).map_or(true, |mut entries| entries.next().is_none()) {
        return Ok(());
    }
    Err(format!("{} isn't empty: move it away first", place.display()))
}

/// Copies the backup's objects into the data directory.
pub(super) fn bring_back(objects: &[Kept], from: &Folder, data_dir: &Path) -> Result<(), String> {
    let to = Folder::at(data_dir);
    objects.iter().try_for_each(|kept| match copied(&from.path(&kept.file), &to, Path::new(&kept.file))? {
        Some(_) => Ok(()),
        None => Err(format!("{} is missing", kept.file)),
    })
}

/// Takes back what `bring_back` brought.
pub(super) fn remove(data_dir: &Path) -> Result<(), String> {
    let place = data_dir.join(NAME);
    if place.exists() { fs::remove_dir_all(&place).map_err(|error| told(&place, &error)) } else { Ok(()) }
}

/// Copies a file; `None` where it isn't there any more: nodes go on while a backup is taken.
fn copied(from: &Path, to: &Folder, file: &Path) -> Result<Option<Kept>, String> {
    let name = file.to_str().ok_or_else(|| format!("{}: not a name in UTF-8", file.display()))?;
    let draft = to.draft(name);
    if let Some(parent) = draft.parent() {
        fs::create_dir_all(parent).map_err(|error| told(parent, &error))?;
    }
    match fs::copy(from, &draft) {
        Ok(_) => to.finish(name).map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(told(from, &error)),
    }
}

/// Every file below `dir`, in the order of their names, but those that are still being written; `shown` is how a backup names `dir`.
fn below(dir: &Path, shown: PathBuf) -> Result<Vec<PathBuf>, String> {
    let listed = fs::read_dir(dir).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = match listed {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        listed => listed.map_err(|error| told(dir, &error))?,
    };
    entries.retain(|entry| !entry.file_name().as_encoded_bytes().contains(&UNFINISHED));
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut found = Vec::new();
    for entry in entries {
        let (path, shown) = (entry.path(), shown.join(entry.file_name()));
        if path.is_dir() { found.extend(below(&path, shown)?) } else { found.push(shown) }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_go_into_a_backup_and_come_back_as_they_were() {
        let [data, backup, other] = [(); 3].map(|()| tempfile::tempdir().unwrap());
        let folder = Folder::at(backup.path());
        assert_eq!(save(data.path(), &folder).unwrap(), []);
        fs::create_dir_all(data.path().join("objects/a/b")).unwrap();
        fs::write(data.path().join("objects/a/b/one"), "1").unwrap();
        fs::write(data.path().join("objects/two"), "22").unwrap();
        fs::write(data.path().join("objects/three#1"), "3").unwrap();
        let kept = save(data.path(), &folder).unwrap();
        let names: Vec<_> = kept.iter().map(|kept| (kept.file.as_str(), kept.bytes)).collect();
        assert_eq!(names, [("objects/a/b/one", 1), ("objects/two", 2)]);
        must_have_room(other.path(), &kept).unwrap();
        bring_back(&kept, &folder, other.path()).unwrap();
        assert_eq!(fs::read_to_string(other.path().join("objects/a/b/one")).unwrap(), "1");
        assert!(must_have_room(other.path(), &kept).unwrap_err().contains("isn't empty"));
        remove(other.path()).unwrap();
        assert!(!other.path().join(NAME).exists());
    }

    #[test]
    fn what_goes_while_a_backup_is_taken_is_left_out() {
        let [data, backup] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let (gone, folder) = (data.path().join("objects/gone"), Folder::at(backup.path()));
        assert_eq!(copied(&gone, &folder, Path::new("objects/gone")).unwrap(), None);
        assert!(below(&gone, PathBuf::from("objects/gone")).unwrap().is_empty());
        let kept = Kept { file: "objects/gone".into(), bytes: 1, sha256: String::new() };
        assert!(bring_back(&[kept], &folder, data.path()).unwrap_err().contains("is missing"));
    }
}
