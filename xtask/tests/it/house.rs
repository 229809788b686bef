//! A small workspace in a temporary directory, and what tidy says about it.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

/// A house in which nothing is wrong.
pub struct House {
    dir: TempDir,
}

impl House {
    pub fn new() -> Self {
        let house = Self { dir: tempfile::tempdir().unwrap() };
        let members = "members = [\"app\", \"platform/*\", \"services/*\"]";
        house.write("Cargo.toml", &format!("[workspace]\nresolver = \"3\"\n{members}\n"));
        for (dir, dependencies) in [
            ("platform/kernel", &[][..]),
            ("platform/contracts", &["kernel"][..]),
            ("platform/host", &["kernel"][..]),
            ("services/shop", &["kernel", "contracts", "host"][..]),
            ("services/notification", &["kernel", "contracts", "host"][..]),
        ] {
            house.manifest(dir, dependencies, &[]);
            let service = if dir.starts_with("services") { "\npub fn service() {}" } else { "" };
            house.write(&format!("{dir}/src/lib.rs"), &format!("//! It is {dir}.\n{service}\n"));
        }
        house.write("app/Cargo.toml", "[package]\nname = \"nexgate\"\nedition = \"2024\"\n");
        house.write("app/src/main.rs", "//! It starts.\n\nfn main() {}\n");
        house
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A crate's manifest with dependencies on crates of the house.
    pub fn manifest(&self, dir: &str, normal: &[&str], dev: &[&str]) {
        let name = Path::new(dir).file_name().unwrap().to_str().unwrap();
        let line = |name: &&str| {
            let place = ["platform", "services"].map(|part| self.path().join(part).join(name));
            format!("{name} = {{ path = \"{}\" }}\n", place.iter().find(|at| at.exists()).unwrap_or(&place[0]).display())
        };
        let (normal, dev): (String, String) = (normal.iter().map(line).collect(), dev.iter().map(line).collect());
        let package = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n");
        self.write(&format!("{dir}/Cargo.toml"), &format!("{package}[dependencies]\n{normal}[dev-dependencies]\n{dev}"));
    }

    /// What tidy says; nothing when the house stands.
    pub fn tidy(&self) -> String {
        tidy(self.path())
    }
}

pub fn tidy(root: &Path) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_xtask")).arg("tidy").current_dir(root).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.success(), said.is_empty(), "{said}");
    said
}

/// Writes `code` to `path` in a fresh house and expects `finding` from tidy; for an empty one, that nothing is wrong.
pub fn expect(path: &str, code: &str, finding: &str) {
    let house = House::new();
    house.write(path, code);
    let said = house.tidy();
    if finding.is_empty() {
        assert_eq!(said, "", "{path}\n{code}");
    } else {
        assert!(said.contains(finding), "{path}\n{code}\nexpected: {finding}\nfound: {said}");
    }
}
