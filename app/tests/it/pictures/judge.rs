//! Other people's programs, which make pictures and judge ours.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use pictures::Picture;
use tempfile::TempDir;

use crate::token::python;

/// What the judge is told to do, and with which files; the last line it prints.
pub fn judged(arguments: &[&str]) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/pictures/judge.py");
    let output = Command::new(python()).arg(script).args(arguments).output().expect("Python runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Writes tags into a file.
pub fn exiftool(tags: &[&str], path: &Path) {
    let output = Command::new("exiftool").args(["-q", "-overwrite_original"]).args(tags).arg(path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The groups of tags a file has.
pub fn groups(path: &Path) -> BTreeSet<String> {
    let output = Command::new("exiftool").args(["-a", "-G1", "-s", "-ee"]).arg(path).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let group = |line: &str| line.strip_prefix('[')?.split_once(']').map(|(group, _)| group.trim().to_owned());
    said.lines().filter_map(group).collect()
}

/// A directory of pictures made by Pillow.
pub struct Dir(TempDir);

impl Dir {
    /// With those that are called so in the judge's script.
    pub fn with(set: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        judged(&["make", set, dir.path().to_str().unwrap()]);
        Self(dir)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn copy(&self, from: &str, to: &str) -> PathBuf {
        fs::copy(self.path(from), self.path(to)).unwrap();
        self.path(to)
    }

    /// Writes the variants into files.
    pub fn keep(&self, picture: &Picture) -> Vec<PathBuf> {
        let keep = |variant: &pictures::Variant| {
            let path = self.path(&format!("{}.{}", variant.name.name(), variant.format.name()));
            fs::write(&path, &variant.bytes).unwrap();
            path
        };
        picture.variants.iter().map(keep).collect()
    }

    /// The mean distance, of 255, of the variant that is farthest from the original as Pillow shows it.
    pub fn farthest(&self, original: &Path, picture: &Picture) -> f64 {
        let paths = self.keep(picture);
        let paths = paths.iter().map(|path| path.to_str().unwrap());
        let arguments: Vec<&str> = ["farthest", original.to_str().unwrap()].into_iter().chain(paths).collect();
        judged(&arguments).parse().unwrap()
    }
}
