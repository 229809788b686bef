//! `cargo xtask web`: the scripts, styles and pictures of the pages, checked and bundled where the crate `ui` takes them in.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{npm::Folder, process::run};

const DIR: &str = "platform/ui/web";
/// What the bundle is made of, besides all of `src`.
const INPUTS: [&str; 4] = ["build.mjs", "package.json", "package-lock.json", "tsconfig.json"];
/// Which inputs the bundle was made of; `build.mjs` removes it first.
const MARK: &str = "dist/inputs";

/// Makes the bundle where its inputs changed. Whatever compiles the workspace does this first.
pub fn bundle(root: &Path) -> Result<()> {
    let folder = Folder::open(root.join(DIR))?;
    let (wanted, mark) = (fingerprint(folder.dir())?, folder.dir().join(MARK));
    if fs::read_to_string(&mark).is_ok_and(|made| made == wanted) {
        return Ok(());
    }
    folder.install()?;
    run(&mut folder.command("node_modules/.bin/tsc"))?;
    run(folder.command("node").arg("build.mjs"))?;
    fs::write(mark, wanted)?;
    Ok(())
}

/// Changes with the name or the content of any input.
fn fingerprint(dir: &Path) -> Result<String> {
    let mut paths = INPUTS.map(|name| dir.join(name)).to_vec();
    collect(&dir.join("src"), &mut paths)?;
    paths.sort();
    let mut hasher = DefaultHasher::new();
    for path in paths {
        path.strip_prefix(dir)?.hash(&mut hasher);
        fs::read(&path).with_context(|| path.display().to_string())?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(dir: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| dir.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_changes_with_content_and_names_and_not_with_time() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
        for name in INPUTS {
            write(name, "");
        }
        assert!(fingerprint(dir.path()).is_err(), "without src there is nothing to bundle");
        fs::create_dir_all(dir.path().join("src/islands")).unwrap();
        let seen = || fingerprint(dir.path()).unwrap();
        write("src/islands/a.ts", "1");
        let first = seen();
        write("src/islands/a.ts", "1");
        assert_eq!(seen(), first);
        write("src/islands/a.ts", "2");
        let second = seen();
        fs::rename(dir.path().join("src/islands/a.ts"), dir.path().join("src/islands/b.ts")).unwrap();
        let third = seen();
        write("package-lock.json", "{}");
        let all = [first, second, third, seen()];
        assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), all.len());
    }
}
