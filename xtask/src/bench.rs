//! `cargo xtask bench`: the load scenarios, in a release build, with a private broker that is gone afterwards.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{
    leftovers, postgres,
    process::{cargo, run as finish},
    rabbitmq::{Killed, PrivateRabbit},
    web,
};

pub fn run(root: &Path, args: &[String]) -> Result<()> {
    postgres::binaries()?;
    web::bundle(root)?;
    // Boots while we compile.
    let broker = PrivateRabbit::start(Killed::StaysDown)?;
    leftovers::adopt()?;
    let result = measure(root, &broker, args);
    let left = leftovers::refuse(&[broker.holder()]);
    let stopped = broker.stop();
    result.and(left).and(stopped)
}

fn measure(root: &Path, broker: &PrivateRabbit, args: &[String]) -> Result<()> {
    // Of the whole workspace, so that crates aren't compiled again with other features.
    finish(cargo(root).args(["build", "--release", "--workspace", "--bins", "--examples"]))?;
    let metadata = cargo_metadata::MetadataCommand::new().current_dir(root).no_deps().exec()?;
    let release = metadata.target_directory.as_std_path().join("release");
    broker.ready()?;
    let mut bench = Command::new(release.join("bench"));
    bench.arg("--nexgate").arg(release.join("nexgate")).arg("--plain").arg(release.join("examples/plain"));
    bench.arg("--page").arg(root.join("docs/performance.md")).arg("--statements").arg(root.join(".sqlx"));
    finish(bench.args(["--amqp", broker.url()]).args(args))
}
