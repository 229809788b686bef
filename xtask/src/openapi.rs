//! `cargo xtask openapi`: the API description, generated from the routes and committed.

use std::{fs, path::Path};

use anyhow::{Result, bail};

use crate::{
    generated::Stale,
    process::{cargo, output},
    web,
};

const DOCUMENT: &str = "docs/openapi/nexgate.json";

pub fn run(root: &Path, stale: Stale) -> Result<()> {
    web::bundle(root)?;
    let printed = output(cargo(root).args(["run", "--quiet", "--package", "nexgate", "--", "openapi"]))?;
    let document = format!("{}\n", String::from_utf8(printed)?.trim_end());
    let path = root.join(DOCUMENT);
    if fs::read_to_string(&path).is_ok_and(|committed| committed == document) {
        return Ok(());
    }
    if stale == Stale::Refuse {
        bail!("stale {DOCUMENT}: run cargo xtask openapi");
    }
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir)?;
    }
    fs::write(path, document)?;
    println!("wrote {DOCUMENT}");
    Ok(())
}
