//! `cargo xtask test`: every check and every test, on a private database and a private broker that are gone afterwards.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::Result;

use crate::{
    browser, fuzz,
    generated::Stale,
    leftovers, machine, openapi, postgres,
    process::{cargo, run as finish, succeeds},
    proof, python,
    rabbitmq::{self, Killed, PrivateRabbit},
    sqlx, tidy, web,
};

struct Run<'a> {
    root: &'a Path,
    tools: Tools,
    /// The database `postgres` of the private server.
    url: &'a str,
    /// Boots while we compile.
    broker: &'a PrivateRabbit,
    form: Form,
}

/// Programs of other people's that tests run.
struct Tools {
    python: PathBuf,
    chromium: &'static Path,
}

/// Which form of the fault tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Seconds.
    Short,
    /// Minutes.
    Long,
}

pub fn run(root: &Path, form: Form) -> Result<()> {
    let tools = step("prepare", || prepare(root))?;
    let database = postgres::start()?;
    let broker = PrivateRabbit::start(Killed::StaysDown)?;
    leftovers::adopt()?;
    let result = steps(&Run { root, tools, url: database.url(), broker: &broker, form });
    let left = leftovers::refuse(&[database.holder(), broker.holder()]);
    let stopped = broker.stop().and(database.stop());
    result.and(left).and(stopped)
}

/// Installs what the tests need, and gives those tools they ask for.
fn prepare(root: &Path) -> Result<Tools> {
    postgres::binaries()?;
    rabbitmq::server()?;
    if !succeeds(Command::new("cargo").args(["nextest", "--version"])) {
        finish(Command::new("cargo").args(["install", "cargo-nextest", "--locked"]))?;
    }
    // The README's walk is run as it stands.
    if !succeeds(Command::new("curl").arg("--version")) {
        machine::install(&["curl"])?;
    }
    // libFuzzer is written in it.
    if !succeeds(Command::new("c++").arg("--version")) {
        machine::install(&["g++"])?;
    }
    // Says what a developed picture still tells.
    if !succeeds(Command::new("exiftool").arg("-ver")) {
        machine::install(&["libimage-exiftool-perl"])?;
    }
    web::bundle(root)?;
    Ok(Tools { python: python::interpreter()?, chromium: browser::chromium(root)? })
}

fn steps(run: &Run) -> Result<()> {
    let root = run.root;
    step("cargo fmt", || finish(cargo(root).args(["fmt", "--all", "--check"])))?;
    step("tidy", || tidy::run(root))?;
    step("cargo clippy", || finish(cargo(root).args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])))?;
    step("sqlx --check", || sqlx::run_on(root, run.url, Stale::Refuse))?;
    step("openapi --check", || openapi::run(root, Stale::Refuse))?;
    step("proof --check", || proof::run(root, Stale::Refuse))?;
    step("doc tests", || finish(run.cargo().args(["test", "--workspace", "--doc"])))?;
    step("fuzz", || fuzz::glance(root))?;
    step("broker", || run.broker.ready())?;
    // Last and without a word after it, so that the output ends with the runner's summary.
    println!("── cargo nextest");
    let profile = if run.form == Form::Long { "long" } else { "default" };
    let mut nextest = run.cargo();
    nextest.env("NEXGATE_TEST_AMQP_URL", run.broker.url()).env("NEXGATE_TEST_AMQP_DIR", run.broker.claims());
    finish(nextest.args(["nextest", "run", "--workspace", "--profile", profile]))
}

impl Run<'_> {
    fn cargo(&self) -> Command {
        let mut command = cargo(self.root);
        command.env("NEXGATE_TEST_POSTGRES", self.url).env("NEXGATE_TEST_PYTHON", &self.tools.python);
        command.env("NEXGATE_TEST_CHROMIUM", self.tools.chromium);
        if let Ok(xtask) = std::env::current_exe() {
            command.env("NEXGATE_TEST_XTASK", xtask);
        }
        if self.form == Form::Long {
            command.env("NEXGATE_TEST_LONG", "1");
        }
        command
    }
}

fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    println!("── {name}");
    let result = work();
    let end = if result.is_ok() { "done" } else { "failed" };
    println!("── {name} {end} after {:.1} s", start.elapsed().as_secs_f32());
    result
}
