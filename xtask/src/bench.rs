//! `cargo xtask bench`: the load scenarios, in a release build.

use std::path::Path;

use anyhow::Result;

use crate::{
    postgres,
    process::{cargo, run as finish},
};

pub fn run(root: &Path, args: &[String]) -> Result<()> {
    postgres::binaries()?;
    finish(cargo(root).args(["build", "--release", "--package", "nexgate", "--package", "bench"]))?;
    let metadata = cargo_metadata::MetadataCommand::new().current_dir(root).no_deps().exec()?;
    let nexgate = metadata.target_directory.as_std_path().join("release/nexgate");
    let mut bench = cargo(root);
    bench.args(["run", "--quiet", "--release", "--package", "bench", "--", "--nexgate"]).arg(nexgate).args(args);
    finish(&mut bench)
}
