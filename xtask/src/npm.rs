//! Node.js and the packages from npm that a folder's lock file names.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use crate::{
    machine,
    process::{run, succeeds},
};

const LOCK: &str = "package-lock.json";
/// What was installed: the lock file as it was then.
const MARK: &str = "node_modules/installed";

/// A folder with a `package.json`, kept from other runs until it is dropped: two at once would undo each other's work.
pub struct Folder {
    dir: PathBuf,
    _held: File,
}

impl Folder {
    /// Waits for whoever works in it.
    pub fn open(dir: PathBuf) -> Result<Self> {
        let lock = dir.join(LOCK);
        let held = File::open(&lock).with_context(|| lock.display().to_string())?;
        held.lock()?;
        Ok(Self { dir, _held: held })
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Installs what the lock file names, where that isn't there yet, and Node.js before it.
    pub fn install(&self) -> Result<()> {
        let (wanted, mark) = (fs::read(self.dir.join(LOCK))?, self.dir.join(MARK));
        if fs::read(&mark).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }
        node()?;
        println!("installing npm packages in {}", self.dir.display());
        run(self.command("npm").args(["ci", "--prefer-offline"]))?;
        fs::write(mark, wanted)?;
        Ok(())
    }

    /// A program that works in the folder.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.dir).stdin(Stdio::null());
        command
    }
}

/// Debian's, where there is none.
fn node() -> Result<()> {
    let wanted = [("node", "nodejs"), ("npm", "npm")];
    let missing = wanted.into_iter().filter(|(program, _)| !succeeds(Command::new(program).arg("--version")));
    let missing: Vec<_> = missing.map(|(_, package)| package).collect();
    if missing.is_empty() { Ok(()) } else { machine::install(&missing) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_installed_once_and_again_for_another_lock_file() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
        let lock = |name: &str| {
            write("package.json", &format!(r#"{{"name": "{name}", "version": "1.0.0"}}"#));
            let packages = format!(r#"{{"": {{"name": "{name}", "version": "1.0.0"}}}}"#);
            write(LOCK, &format!(r#"{{"name": "{name}", "version": "1.0.0", "lockfileVersion": 3, "packages": {packages}}}"#));
        };
        let (kept, installed) = (dir.path().join("node_modules/kept"), dir.path().join(MARK));
        lock("one");
        fs::create_dir(dir.path().join("node_modules")).unwrap();
        fs::write(&kept, "of an install that didn't end").unwrap();
        let install = || Folder::open(dir.path().to_owned()).unwrap().install().unwrap();
        install();
        assert!(!kept.exists() && installed.exists());
        fs::write(&kept, "").unwrap();
        install();
        assert!(kept.exists(), "nothing is done twice");
        lock("two");
        install();
        assert!(!kept.exists() && fs::read_to_string(installed).unwrap().contains("two"));
    }
}
