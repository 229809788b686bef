//! `cargo xtask test`: every check and every test, on one private database that is gone afterwards.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Result, bail};

use crate::{
    openapi,
    postgres::{self, Private},
    process::{cargo, run as finish, succeeds},
    python, sqlx, tidy,
};

pub fn run(root: &Path, long: bool) -> Result<()> {
    let python = step("prepare", prepare)?;
    let private = Private::start()?;
    // Whatever our descendants leave behind becomes our child, where we see it.
    rustix::process::set_child_subreaper(Some(rustix::process::getpid()))?;
    let result = steps(&Run { root, python, url: private.url(), long });
    let leftovers = leftovers(private.holder_id());
    private.stop()?;
    result.and(leftovers)
}

struct Run<'a> {
    root: &'a Path,
    python: PathBuf,
    url: &'a str,
    long: bool,
}

/// Ends with the test runner, so that the last thing shown is its summary.
fn steps(run: &Run) -> Result<()> {
    let root = run.root;
    step("cargo fmt", || finish(cargo(root).args(["fmt", "--all", "--check"])))?;
    step("tidy", || tidy::run(root))?;
    step("cargo clippy", || {
        finish(cargo(root).args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]))
    })?;
    step("sqlx --check", || sqlx::run_on(root, run.url, true))?;
    step("openapi --check", || openapi::run(root, true))?;
    step("doc tests", || finish(run.with_database(cargo(root).args(["test", "--quiet", "--workspace", "--doc"]))))?;
    step("cargo nextest", || finish(run.with_database(cargo(root).args(["nextest", "run", "--workspace"]))))
}

impl Run<'_> {
    fn with_database<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.env("NEXGATE_TEST_DATABASE_URL", self.url).env("NEXGATE_TEST_PYTHON", &self.python);
        if self.long {
            command.env("NEXGATE_TEST_LONG", "1");
        }
        command
    }
}

/// Installs what the tests need, and gives the Python they use.
fn prepare() -> Result<PathBuf> {
    postgres::binaries()?;
    if !succeeds(Command::new("cargo").args(["nextest", "--version"])) {
        finish(Command::new("cargo").args(["install", "cargo-nextest", "--locked"]))?;
    }
    python::interpreter()
}

fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    println!("── {name}");
    let result = work();
    println!("── {name}: {} after {:.1} s", if result.is_ok() { "done" } else { "failed" }, start.elapsed().as_secs_f32());
    result
}
