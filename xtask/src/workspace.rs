//! Where the workspace is, and which crates live in it.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use cargo_metadata::{MetadataCommand, Package};

/// The nearest directory upwards whose manifest is a workspace.
pub fn root() -> Result<PathBuf> {
    let here = env::current_dir()?;
    let is_root = |dir: &&Path| fs::read_to_string(dir.join("Cargo.toml")).is_ok_and(|text| text.contains("[workspace]"));
    here.ancestors().find(is_root).map(Path::to_owned).context("no Cargo workspace from here upwards")
}

/// One crate of ours.
#[derive(Debug, Clone)]
pub struct Member {
    pub name: String,
    pub dir: PathBuf,
    pub part: Part,
    pub package: Package,
}

/// What a crate is in the house, read from where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// `platform/<name>`
    Platform(String),
    Service,
    App,
    Xtask,
    Bench,
    Fuzz,
    /// Nowhere on the map.
    Stray,
}

/// Our crates, by name.
pub fn members(root: &Path) -> Result<Vec<Member>> {
    let metadata = MetadataCommand::new().current_dir(root).no_deps().exec()?;
    let mut members: Vec<Member> =
        metadata.workspace_packages().into_iter().filter_map(|package| member(root, package)).collect();
    members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(members)
}

fn member(root: &Path, package: &Package) -> Option<Member> {
    let dir = package.manifest_path.parent()?.as_std_path().to_owned();
    let part = part(&relative(root, &dir));
    Some(Member { name: package.name.to_string(), dir, part, package: package.clone() })
}

fn part(dir: &Path) -> Part {
    let words: Vec<_> = dir.iter().filter_map(|word| word.to_str()).collect();
    match words.as_slice() {
        ["platform", name] => Part::Platform((*name).to_owned()),
        ["services", _] => Part::Service,
        ["app"] => Part::App,
        ["xtask"] => Part::Xtask,
        ["bench"] => Part::Bench,
        ["fuzz"] => Part::Fuzz,
        _ => Part::Stray,
    }
}

/// `path` as seen from the root, however the root was reached.
pub fn relative(root: &Path, path: &Path) -> PathBuf {
    let (root, path) =
        (root.canonicalize().unwrap_or_else(|_| root.to_owned()), path.canonicalize().unwrap_or_else(|_| path.to_owned()));
    path.strip_prefix(&root).map(Path::to_owned).unwrap_or(path)
}
