//! `cargo xtask new-service NAME`: a crate that builds, passes its test and stands within the walls, ready to be filled.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

/// Where each file goes inside the new crate, and what is in it.
const FILES: [(&str, &str); 14] = [
    ("README.md", include_str!("../service/README.md.txt")),
    ("Cargo.toml", include_str!("../service/Cargo.toml.txt")),
    ("sqlx.toml", include_str!("../service/sqlx.toml")),
    ("migrations/0001_{name}.sql", include_str!("../service/migrations/0001.sql")),
    ("src/lib.rs", include_str!("../service/src/lib.rs.txt")),
    ("src/inbox/mod.rs", include_str!("../service/src/inbox/mod.rs.txt")),
    ("src/inbox/auth.rs", include_str!("../service/src/inbox/auth.rs.txt")),
    ("src/ops/mod.rs", include_str!("../service/src/ops/mod.rs.txt")),
    ("src/ops/lock_account.rs", include_str!("../service/src/ops/lock_account.rs.txt")),
    ("src/ops/erase_account.rs", include_str!("../service/src/ops/erase_account.rs.txt")),
    ("src/store/mod.rs", include_str!("../service/src/store/mod.rs.txt")),
    ("src/store/persons.rs", include_str!("../service/src/store/persons.rs.txt")),
    ("tests/it/main.rs", include_str!("../service/tests/it/main.rs.txt")),
    ("tests/it/inbox.rs", include_str!("../service/tests/it/inbox.rs.txt")),
];

pub fn run(root: &Path, name: &str) -> Result<()> {
    if !is_name(name) {
        bail!("a service's name is one lower-case English word, because it is also a schema, a role and a crate: {name:?}");
    }
    let dir = root.join("services").join(name);
    if dir.exists() {
        bail!("services/{name} is there already");
    }
    for (path, text) in FILES {
        let path = dir.join(filled(path, name));
        fs::create_dir_all(path.parent().context("a file stands in a folder")?)?;
        fs::write(path, filled(text, name))?;
    }
    register(&root.join("Cargo.toml"), name)?;
    println!("services/{name} is there. Run cargo xtask sqlx, mount it in app/src/lib.rs, then run cargo xtask openapi.");
    Ok(())
}

fn is_name(name: &str) -> bool {
    (3..=20).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn filled(text: &str, name: &str) -> String {
    let mut title = name.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text.replace("{name}", name).replace("{Name}", &title).replace("{NAME}", &name.to_uppercase())
}

/// Adds the crate to the workspace's dependencies, below the last service.
fn register(manifest: &Path, name: &str) -> Result<()> {
    let text = fs::read_to_string(manifest)?;
    let line = format!("{name} = {{ path = \"services/{name}\" }}\n");
    let last = text.lines().rfind(|line| line.contains("path = \"services/"));
    let last = last.context("the root manifest lists no service to stand beside")?;
    fs::write(manifest, text.replacen(&format!("{last}\n"), &format!("{last}\n{line}"), 1))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_service_stands_in_its_folder_and_in_the_manifest() {
        let dir = tempfile::tempdir().unwrap();
        let manifest = "[workspace.dependencies]\n# ours\nshop = { path = \"services/shop\" }\n\ntokio = \"1\"\n";
        fs::write(dir.path().join("Cargo.toml"), manifest).unwrap();
        run(dir.path(), "loyalty").unwrap();
        let read = |path: &str| fs::read_to_string(dir.path().join(path)).unwrap();
        assert!(read("services/loyalty/README.md").starts_with("# Loyalty\n"));
        assert!(read("services/loyalty/sqlx.toml").contains("NEXGATE_SQLX_LOYALTY"));
        assert!(dir.path().join("services/loyalty/migrations/0001_loyalty.sql").exists());
        assert!(read("Cargo.toml").contains("services/shop\" }\nloyalty = { path = \"services/loyalty\" }\n\ntokio"));
        assert!(run(dir.path(), "loyalty").is_err());
        for odd in ["Loyalty", "a", "../x", "two_words"] {
            assert!(run(dir.path(), odd).is_err(), "{odd}");
        }
    }
}
