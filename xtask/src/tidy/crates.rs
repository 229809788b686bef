//! Wall 1: which crate may depend on which.

use std::{fs, path::Path};

use cargo_metadata::DependencyKind;

use super::finding::Finding;
use crate::workspace::{Member, Part, relative};

/// What the pure crates may never depend on, whoever wrote it.
const RUNTIMES: [&str; 5] = ["tokio", "axum", "reqwest", "hyper", "lapin"];

pub fn check(root: &Path, members: &[Member]) -> Vec<Finding> {
    members.iter().flat_map(|member| check_member(root, member, members)).collect()
}

fn check_member(root: &Path, member: &Member, members: &[Member]) -> Vec<Finding> {
    let manifest = relative(root, &member.dir).join("Cargo.toml");
    let text = fs::read_to_string(member.dir.join("Cargo.toml")).unwrap_or_default();
    let at = |name: &str, said: String| Finding::new(&manifest, line_of(&text, name), said);
    let mut found = Vec::new();
    if member.part == Part::Stray || !member.dir.ends_with(folder(member)) {
        found.push(at("name", format!("wall 1: {} has no place in the house", member.name)));
    }
    for dependency in &member.package.dependencies {
        let (name, kind) = (dependency.name.as_str(), dependency.kind);
        let ours = members.iter().find(|other| other.name == name);
        let is_allowed = match ours {
            Some(other) => may(member, other, kind),
            None => !(is_pure(member) && RUNTIMES.contains(&name) || member.name == "contracts" && name == "sqlx"),
        };
        if !is_allowed {
            let how = if kind == DependencyKind::Development { " (dev)" } else { "" };
            found.push(at(name, format!("wall 1: {} may not depend on {name}{how}", member.name)));
        }
    }
    found
}

/// The folder a crate of this name stands in.
fn folder(member: &Member) -> &str {
    match member.part {
        Part::App => "app",
        _ => &member.name,
    }
}

fn is_pure(member: &Member) -> bool {
    matches!(&member.part, Part::Platform(name) if name == "kernel" || name == "contracts")
}

fn may(from: &Member, to: &Member, kind: DependencyKind) -> bool {
    let to_platform = |allowed: &[&str]| matches!(&to.part, Part::Platform(name) if allowed.contains(&name.as_str()));
    let is_dev = kind == DependencyKind::Development;
    match &from.part {
        Part::Platform(name) => match name.as_str() {
            "contracts" => to_platform(&["kernel"]),
            "host" => to_platform(&["kernel", "cluster"]) || (is_dev && to_platform(&["testkit"])),
            "ui" | "testkit" => to_platform(&["kernel", "contracts", "host"]),
            _ => false,
        },
        Part::Service => to_platform(&["kernel", "contracts", "host", "pictures", "ui"]) || (is_dev && to_platform(&["testkit"])),
        Part::App => {
            to.part == Part::Service
                || to_platform(&["kernel", "contracts", "host", "pictures", "ui", "cluster"])
                || (is_dev && to_platform(&["testkit"]))
        }
        Part::Xtask => to_platform(&["cluster"]),
        Part::Bench => to_platform(&["kernel", "host", "cluster", "pictures"]),
        // Of the services it takes the files that are pure, not the crates.
        Part::Fuzz => to_platform(&["kernel", "contracts"]),
        Part::Stray => false,
    }
}

fn line_of(manifest: &str, name: &str) -> usize {
    let is_it = |line: &str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', ' ', '=']));
    manifest.lines().position(is_it).map_or(1, |at| at + 1)
}
