//! The Rust files of a crate, parsed, each knowing which module it is.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::workspace::{Member, Part, relative};

/// One parsed file.
pub struct Source {
    /// From the workspace's root.
    pub path: PathBuf,
    pub text: String,
    pub file: syn::File,
    /// The crate it belongs to.
    pub krate: String,
    pub part: Part,
    /// The module it is, from the crate's root; empty for lib.rs and main.rs.
    pub module: Vec<String>,
    /// Under `tests/`, `benches/` or `examples/`: free of the walls.
    pub is_test: bool,
}

/// Every file of the crate, in the order of their names.
pub fn read_all(root: &Path, member: &Member) -> Result<Vec<Source>> {
    let mut paths = Vec::new();
    for dir in ["src", "tests", "benches", "examples"] {
        collect(&member.dir.join(dir), "rs", &mut paths)?;
    }
    paths.sort();
    paths.iter().map(|path| read(root, member, path)).collect()
}

/// Adds the files under `dir` that end in `.extension`; a directory that isn't there holds none.
pub fn collect(dir: &Path, extension: &str, into: &mut Vec<PathBuf>) -> Result<()> {
    if !dir.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(dir).with_context(|| dir.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, extension, into)?;
        } else if path.extension().is_some_and(|found| found == extension) {
            into.push(path);
        }
    }
    Ok(())
}

fn read(root: &Path, member: &Member, path: &Path) -> Result<Source> {
    let shown = relative(root, path);
    let text = fs::read_to_string(path).with_context(|| shown.display().to_string())?;
    let file = syn::parse_file(&text).with_context(|| shown.display().to_string())?;
    let inside = path.strip_prefix(&member.dir).unwrap_or(path);
    let is_test = !inside.starts_with("src");
    Ok(Source { path: shown, text, file, krate: member.name.clone(), part: member.part.clone(), module: module(inside), is_test })
}

/// `src/ops/place_order.rs` is `ops::place_order`, `src/ops/mod.rs` is `ops`, `src/lib.rs` the root.
fn module(inside: &Path) -> Vec<String> {
    let stemmed = inside.with_extension("");
    let mut words: Vec<String> = stemmed.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    if words.last().is_some_and(|last| last == "mod") || matches!(words.as_slice(), [only] if only == "lib" || only == "main") {
        words.pop();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_knows_its_module() {
        let cases = [
            ("src/lib.rs", ""),
            ("src/main.rs", ""),
            ("src/fault.rs", "fault"),
            ("src/ops/mod.rs", "ops"),
            ("src/ops/place_order.rs", "ops::place_order"),
            ("src/api/lib.rs", "api::lib"),
        ];
        for (path, expected) in cases {
            assert_eq!(module(Path::new(path)).join("::"), expected, "{path}");
        }
    }
}
