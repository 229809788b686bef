//! Every dependency of the workspace says why it is there.

use std::{fs, path::Path};

use anyhow::Result;

use super::finding::Finding;

pub fn check(root: &Path) -> Result<Vec<Finding>> {
    let text = fs::read_to_string(root.join("Cargo.toml"))?;
    Ok(unexplained(&text).into_iter().map(|(line, text)| Finding::new("Cargo.toml", line, text)).collect())
}

/// Dependencies without a comment above them or above their paragraph.
fn unexplained(manifest: &str) -> Vec<(usize, String)> {
    let (mut found, mut is_inside, mut is_explained) = (Vec::new(), false, false);
    for (at, line) in manifest.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            is_inside = line == "[workspace.dependencies]";
        }
        match line {
            "" => is_explained = false,
            comment if comment.starts_with('#') => is_explained = true,
            entry if is_inside && !is_explained && !entry.starts_with('[') && entry.contains('=') => {
                let name = entry.split(['=', '.', ' ']).next().unwrap_or_default();
                found.push((at + 1, format!("gate: {name} needs a line that says why, directly above")));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_covers_its_line_and_its_paragraph() {
        let manifest =
            "[workspace]\nx = 1\n[workspace.dependencies]\n# why\na = \"1\"\nb = \"1\"\n\nc = \"1\"\n\n[profile.dev]\nd = 1\n";
        let found = unexplained(manifest);
        assert_eq!(found, [(8, "gate: c needs a line that says why, directly above".to_owned())]);
    }
}
