//! The dependency gates: licences, banned crates, sources.

use std::path::Path;

use anyhow::Result;
use cargo_metadata::{MetadataCommand, Package};

use super::{finding::Finding, licence::is_allowed};
use crate::workspace::Member;

/// Cryptography through C libraries or an assembler at build time.
const BANNED: [&str; 4] = ["openssl", "native-tls", "aws-lc-rs", "aws-lc-sys"];
/// What we build for; crates for other systems are nobody's business here.
const PLATFORMS: [&str; 2] = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"];

pub fn check(root: &Path, members: &[Member]) -> Result<Vec<Finding>> {
    let options: Vec<String> = PLATFORMS.iter().map(|platform| format!("--filter-platform={platform}")).collect();
    let metadata = MetadataCommand::new().current_dir(root).other_options(options).exec()?;
    let is_foreign = |package: &&Package| !members.iter().any(|member| member.name == *package.name);
    let judged = metadata.packages.iter().filter(is_foreign).filter_map(|package| Some((package, refusal(package)?)));
    Ok(judged
        .map(|(package, text)| Finding::new("Cargo.lock", 1, format!("gate: {} {} {text}", package.name, package.version)))
        .collect())
}

fn refusal(package: &Package) -> Option<String> {
    let name = package.name.as_str();
    if BANNED.iter().any(|banned| name == *banned || name.starts_with("openssl-")) {
        return Some("is banned".to_owned());
    }
    match &package.source {
        Some(source) if source.is_crates_io() => {}
        Some(source) => return Some(format!("comes from {source}")),
        None => return Some("comes from outside the workspace".to_owned()),
    }
    match &package.license {
        Some(licence) if is_allowed(licence) => None,
        Some(licence) => Some(format!("has the licence {licence}")),
        None => Some("names no licence".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(name: &str, licence: &str, source: &str) -> Option<String> {
        let json = format!(
            r#"{{"name": "{name}", "version": "1.0.0", "id": "{name}", "license": {licence}, "source": {source},
                "dependencies": [], "targets": [], "features": {{}}, "manifest_path": "/x/Cargo.toml"}}"#
        );
        refusal(&cargo_metadata::MetadataCommand::parse(format!(
            r#"{{"packages": [{json}], "workspace_members": [], "resolve": null, "workspace_root": "/x", "target_directory": "/x", "version": 1}}"#
        ))
        .unwrap()
        .packages[0])
    }

    #[test]
    fn banned_foreign_and_unlicensed_crates_are_refused() {
        let registry = "\"registry+https://github.com/rust-lang/crates.io-index\"";
        let cases = [
            ("fine", "\"MIT\"", registry, None),
            ("openssl", "\"MIT\"", registry, Some("is banned")),
            ("openssl-sys", "\"MIT\"", registry, Some("is banned")),
            ("aws-lc-rs", "\"MIT\"", registry, Some("is banned")),
            ("fine", "\"GPL-3.0\"", registry, Some("has the licence GPL-3.0")),
            ("fine", "null", registry, Some("names no licence")),
            ("fine", "\"MIT\"", "\"git+https://example.org/x\"", Some("comes from git+https://example.org/x")),
            ("fine", "\"MIT\"", "null", Some("comes from outside the workspace")),
        ];
        for (name, licence, source, expected) in cases {
            assert_eq!(judged(name, licence, source).as_deref(), expected, "{name} {licence} {source}");
        }
    }
}
