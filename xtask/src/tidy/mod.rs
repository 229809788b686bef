//! `cargo xtask tidy`: the walls of ARCHITECTURE.md, the manners and the dependency gates.

mod crates;
mod document;
mod errors;
mod finding;
mod gates;
mod layout;
mod licence;
mod manifest;
mod manners;
mod names;
mod phrases;
mod rooms;
mod schemas;
mod seen;
pub mod source;
mod sql;
mod walls;

use std::{collections::BTreeMap, path::Path};

use anyhow::{Result, bail};

use crate::workspace::{Member, Part, members};
use finding::Finding;
use seen::Seen;

pub fn run(root: &Path) -> Result<()> {
    let findings = check(root)?;
    if findings.is_empty() {
        return Ok(());
    }
    for finding in &findings {
        eprintln!("{finding}");
    }
    bail!("tidy: {} to put right", findings.len())
}

fn check(root: &Path) -> Result<Vec<Finding>> {
    let members = members(root)?;
    let mut found = crates::check(root, &members);
    found.extend(gates::check(root, &members)?);
    found.extend(manifest::check(root)?);
    let services: Vec<&str> = members.iter().filter(|member| member.part == Part::Service).map(|member| &*member.name).collect();
    let (mut codes, mut names) = (BTreeMap::new(), document::Names::new());
    for member in &members {
        found.extend(check_member(root, member, &services, &mut codes, &mut names)?);
    }
    let (common, all) = (phrases::common(root), codes.keys().cloned().collect());
    for member in &members {
        let own =
            codes.keys().filter(|code| code.split('.').next() == Some(&member.name) && code.contains('.')).cloned().collect();
        found.extend(phrases::check(root, &member.dir, &common, &phrases::Codes { own: &own, all: &all })?);
    }
    found.extend(errors::check(root, &codes)?);
    found.sort();
    found.dedup();
    Ok(found)
}

fn check_member(
    root: &Path,
    member: &Member,
    services: &[&str],
    codes: &mut BTreeMap<String, Finding>,
    names: &mut document::Names,
) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    if member.part == Part::Service {
        found.extend(layout::check(root, member)?);
        found.extend(schemas::check_migrations(root, member, services)?);
    }
    for source in source::read_all(root, member)? {
        found.extend(manners::check(&source));
        if source.is_test {
            continue;
        }
        found.extend(document::check(&source, names));
        for (code, line) in errors::codes(&source) {
            let said = Finding::new(&source.path, line, format!("errors: docs/errors.md doesn't explain {code}"));
            codes.entry(code).or_insert(said);
        }
        let seen = Seen::of(&source);
        found.extend(walls::check(&source, &seen));
        found.extend(sql::check(&source, &seen, services));
        if member.part == Part::Service {
            found.extend(rooms::check(&source, &seen));
        }
    }
    Ok(found)
}
