//! `cargo xtask sqlx`: the SQL macros' offline data, written by compiling every crate against a migrated database, a
//! service under its own role: SQL on somebody else's table doesn't compile.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{
    generated::Stale,
    postgres,
    process::{cargo, run as finish},
    scratch::Scratch,
    web,
    workspace::{Member, Part, members},
};

/// Where the macros look for it.
const COMMITTED: &str = ".sqlx";

pub fn run(root: &Path, stale: Stale) -> Result<()> {
    if let Some(url) = env::var_os("NEXGATE_TEST_POSTGRES") {
        return run_on(root, url.to_str().context("NEXGATE_TEST_POSTGRES isn't text")?, stale);
    }
    let private = postgres::start()?;
    let result = run_on(root, private.url(), stale);
    private.stop()?;
    result
}

/// The same on a server that runs already; `url` is its database `postgres`.
pub fn run_on(root: &Path, url: &str, stale: Stale) -> Result<()> {
    let crates: Vec<Member> = members(root)?.into_iter().filter(|member| member.dir.join("sqlx.toml").exists()).collect();
    web::bundle(root)?;
    let scratch = Scratch::make(root, url, &crates)?;
    let target = target(root)?;
    let fresh = target.join("queries");
    empty(&fresh)?;
    let prepared = prepare(root, &crates, scratch.url(), &target, &fresh);
    scratch.remove()?;
    prepared?;
    let (committed, made) = (files(&root.join(COMMITTED))?, files(&fresh)?);
    if committed == made {
        return Ok(());
    }
    if stale == Stale::Refuse {
        bail!("stale SQL data: run cargo xtask sqlx");
    }
    empty(&root.join(COMMITTED))?;
    for (name, text) in &made {
        fs::write(root.join(COMMITTED).join(name), text)?;
    }
    println!("wrote {} queries to {COMMITTED}", made.len());
    Ok(())
}

/// Compiles the crates once more: the macros write their data only when they run, and cargo doesn't know what they read.
fn prepare(root: &Path, crates: &[Member], url: &str, target: &Path, fresh: &Path) -> Result<()> {
    if crates.is_empty() {
        return Ok(());
    }
    let packages = crates.iter().flat_map(|member| ["--package", member.name.as_str()]);
    finish(cargo(root).args(["clean", "--quiet"]).args(packages.clone()).arg("--target-dir").arg(target))?;
    let mut check = cargo(root);
    check.args(["check", "--lib"]).args(packages).arg("--target-dir").arg(target);
    check.env("SQLX_OFFLINE", "false").env("SQLX_OFFLINE_DIR", fresh).env_remove("DATABASE_URL");
    for member in crates {
        check.env(variable(member)?, role_url(url, member));
    }
    finish(&mut check)
}

/// The variable a crate's macros read. Each has its own, because each comes under its own role.
fn variable(member: &Member) -> Result<String> {
    let name = format!("NEXGATE_SQLX_{}", member.name.to_uppercase());
    let settings = fs::read_to_string(member.dir.join("sqlx.toml"))?;
    let wanted = format!("database-url-var = \"{name}\"");
    if settings.lines().any(|line| line.trim() == wanted) {
        return Ok(name);
    }
    bail!("{}/sqlx.toml: [common] needs {wanted}", member.dir.display())
}

/// A service comes as its role, the host as the owner.
fn role_url(url: &str, member: &Member) -> String {
    match member.part {
        Part::Service => format!("{url}&options[role]=nexgate_{}", member.name),
        _ => url.to_owned(),
    }
}

/// A target directory of its own: here workspace crates are always compiled anew, elsewhere they stay warm.
fn target(root: &Path) -> Result<PathBuf> {
    let metadata = cargo_metadata::MetadataCommand::new().current_dir(root).no_deps().exec()?;
    Ok(metadata.target_directory.as_std_path().join("sqlx"))
}

fn empty(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir)?;
    }
    fs::create_dir_all(dir)?;
    Ok(())
}

fn files(dir: &Path) -> Result<BTreeMap<String, String>> {
    if !dir.exists() {
        return Ok(BTreeMap::new());
    }
    let read =
        |path: PathBuf| Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), fs::read_to_string(path)?));
    fs::read_dir(dir)?.map(|entry| read(entry?.path())).collect()
}
