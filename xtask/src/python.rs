//! A Python with the libraries of other people's that speak to us or check what we made, in the user's cache.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use crate::{
    machine,
    process::{run, succeeds},
};

/// Pinned, so that a run today and a run next year test the same thing.
const PACKAGES: [&str; 7] = [
    "aiosmtpd==1.4.6",
    "blurhash==1.1.5",
    "moto[s3,server]==5.2.5",
    "pika==1.3.2",
    "pillow==13.0.0",
    "pyjwt[crypto]==2.15.1",
    "schemathesis==4.32.5",
];

/// The interpreter; made at first use, and again when the packages change.
pub fn interpreter() -> Result<PathBuf> {
    let dir = cache()?.join("python");
    let (python, mark) = (dir.join("bin/python"), dir.join("packages"));
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&mark).is_ok_and(|made| made == wanted) && succeeds(Command::new(&python).arg("--version")) {
        return Ok(python);
    }
    if !succeeds(Command::new("python3").args(["-c", "import venv, ensurepip"])) {
        machine::install(&["python3", "python3-venv"])?;
    }
    println!("making a Python in {}", dir.display());
    run(quiet(Path::new("python3")).args(["-m", "venv", "--clear"]).arg(&dir))?;
    run(quiet(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(PACKAGES))?;
    fs::write(mark, wanted)?;
    Ok(python)
}

fn quiet(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null());
    command
}

/// The user's cache directory for Nexgate (XDG base directories).
fn cache() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let base = base.or_else(|| env::home_dir().map(|home| home.join(".cache"))).context("no home directory")?;
    let dir = base.join("nexgate");
    fs::create_dir_all(&dir)?;
    Ok(dir)
}
