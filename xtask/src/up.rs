//! `cargo xtask up`: from a fresh clone to a running platform.

use std::{os::unix::process::CommandExt, path::Path, process::Stdio};

use anyhow::{Context, Result};

use crate::{
    postgres,
    process::{self, cargo},
    web,
};

pub fn run(root: &Path, args: &[String]) -> Result<()> {
    postgres::binaries()?;
    web::bundle(root)?;
    process::run(cargo(root).args(["build", "--package", "nexgate"]))?;
    // In our place, so that signals reach the node itself. Cargo finds the binary wherever its target directory is.
    let mut up = cargo(root);
    up.args(["run", "--quiet", "--package", "nexgate", "--", "up"]).args(args).stdin(Stdio::inherit());
    Err(up.exec()).context("couldn't run nexgate")
}
