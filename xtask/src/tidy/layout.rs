//! The folders of a service: four rooms, five doors, nothing else.

use std::{fs, path::Path};

use anyhow::Result;

use super::{finding::Finding, rooms::ROOMS};
use crate::workspace::{Member, relative};

/// What may stand beside `src`.
const BESIDE: [&str; 4] = ["src", "tests", "migrations", "templates"];

pub fn check(root: &Path, member: &Member) -> Result<Vec<Finding>> {
    let shown = relative(root, &member.dir);
    let mut found = Vec::new();
    for name in folders(&member.dir)? {
        if !BESIDE.contains(&name.as_str()) {
            found.push(Finding::new(shown.join(&name), 1, format!("wall 2: a service has no folder {name}")));
        }
    }
    for entry in fs::read_dir(member.dir.join("src"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let room = name.strip_suffix(".rs").unwrap_or(&name);
        let is_known = ROOMS.contains(&room) || ["lib.rs", "fault.rs"].contains(&name.as_str());
        if !is_known {
            let text = format!("wall 2: {name} is neither a room nor a door ({})", ROOMS.join(" "));
            found.push(Finding::new(shown.join("src").join(&name), 1, text));
        }
        if room == "asks" && member.name == "notification" {
            let text = "wall 5: notification asks nobody and answers nobody (asks)";
            found.push(Finding::new(shown.join("src").join(&name), 1, text));
        }
    }
    Ok(found)
}

fn folders(dir: &Path) -> Result<Vec<String>> {
    let entries: Vec<_> = fs::read_dir(dir)?.collect::<Result<_, _>>()?;
    let folders = entries.iter().filter(|entry| entry.path().is_dir());
    Ok(folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}
