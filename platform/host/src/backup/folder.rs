//! A backup's folder: private to its owner, and every file in it either whole or under another name.

use std::{
    fs::{self, DirBuilder, File, Permissions},
    io::{self, ErrorKind, Read},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Component, Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::manifest::Kept;

/// Bytes read at once.
const PIECE: usize = 1 << 16;

#[derive(Debug, Clone)]
pub(super) struct Folder {
    dir: PathBuf,
}

impl Folder {
    /// Makes the folder, or takes one that is there and empty; nobody but its owner may look inside.
    pub fn make(dir: &Path) -> Result<Self, String> {
        match DirBuilder::new().mode(0o700).create(dir) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => take_empty(dir)?,
            Err(error) => return Err(told(dir, &error)),
        }
        Ok(Self { dir: dir.to_owned() })
    }

    pub fn at(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// Where a file of this name lies.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Where a file lies until it is whole.
    pub fn draft(&self, name: &str) -> PathBuf {
        self.dir.join(format!("{name}.part"))
    }

    /// Gives a draft its name; it is on the disk when this returns.
    pub fn finish(&self, name: &str) -> Result<Kept, String> {
        let (draft, path) = (self.draft(name), self.path(name));
        let kept = weighed(name, &draft).map_err(|error| told(&draft, &error))?;
        let named = sync(&draft).and_then(|()| fs::rename(&draft, &path));
        let parent = path.parent().unwrap_or(&self.dir);
        named.and_then(|()| sync(parent)).map_err(|error| told(&path, &error))?;
        Ok(kept)
    }

    /// Writes a file whole, or not at all.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<Kept, String> {
        let draft = self.draft(name);
        fs::write(&draft, bytes).map_err(|error| told(&draft, &error))?;
        self.finish(name)
    }

    /// Refuses a file that isn't byte for byte what was kept.
    pub fn must_hold(&self, kept: &Kept) -> Result<(), String> {
        let path = self.path(&kept.file);
        if !Path::new(&kept.file).components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(format!("{} isn't a file of this backup", path.display()));
        }
        let found = weighed(&kept.file, &path).map_err(|error| told(&path, &error))?;
        if found == *kept {
            return Ok(());
        }
        let (path, bytes) = (path.display(), kept.bytes);
        Err(format!(
            "{path} is damaged: {bytes} bytes with SHA-256 {} are expected, {} bytes with {} are there",
            kept.sha256, found.bytes, found.sha256
        ))
    }
}

/// An error with the path it is about.
pub(super) fn told(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}

fn take_empty(dir: &Path) -> Result<(), String> {
    let mut entries = fs::read_dir(dir).map_err(|error| told(dir, &error))?;
    if entries.next().is_some() {
        return Err(format!("{} isn't empty: every backup has a folder of its own", dir.display()));
    }
    fs::set_permissions(dir, Permissions::from_mode(0o700)).map_err(|error| told(dir, &error))
}

fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

fn weighed(name: &str, path: &Path) -> io::Result<Kept> {
    let (mut file, mut hash, mut bytes, mut piece) = (File::open(path)?, Sha256::new(), 0_u64, vec![0; PIECE]);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        hash.update(piece.get(..read).unwrap_or_default());
        bytes += read as u64;
    }
    Ok(Kept { file: name.to_owned(), bytes, sha256: data_encoding::HEXLOWER.encode(&hash.finalize()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_new_or_empty_and_private() {
        let dir = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let new = dir.path().join("new");
        Folder::make(&new).unwrap();
        assert_eq!(mode(&new), 0o700);
        fs::set_permissions(&new, Permissions::from_mode(0o755)).unwrap();
        let folder = Folder::make(&new).unwrap();
        assert_eq!(mode(&new), 0o700);
        folder.write("a", b"x").unwrap();
        assert!(Folder::make(&new).unwrap_err().contains("isn't empty"));
        assert!(Folder::make(&new.join("a")).is_err(), "a file");
        assert!(Folder::make(&dir.path().join("no/parent")).is_err());
    }

    #[test]
    fn a_file_is_whole_under_its_name_and_any_damage_shows() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        let kept = folder.write("abc", b"abc").unwrap();
        // FIPS 180-4's own example.
        assert_eq!(kept.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(!folder.draft("abc").exists());
        folder.must_hold(&kept).unwrap();
        for damaged in [&b"abd"[..], b"ab", b"abcd"] {
            fs::write(folder.path("abc"), damaged).unwrap();
            assert!(folder.must_hold(&kept).unwrap_err().contains("is damaged"));
        }
        fs::remove_file(folder.path("abc")).unwrap();
        assert!(folder.must_hold(&kept).is_err());
        for elsewhere in ["../abc", "/etc/passwd"] {
            let kept = Kept { file: elsewhere.into(), ..kept.clone() };
            assert!(folder.must_hold(&kept).unwrap_err().contains("isn't a file of this backup"));
        }
    }
}
