//! `cargo xtask fuzz`: what people and providers send, changed by libFuzzer until something breaks or the time is over.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use cargo_metadata::MetadataCommand;
use clap::Args;

use crate::{
    process::{cargo, run as finish},
    web,
};

/// Each is a file in `fuzz/src`, and has a directory of inputs to begin with in `fuzz/seeds`.
const TARGETS: [&str; 5] = ["cursor", "money", "multipart", "post", "webhook"];
/// By hand, all together.
const HOUR: u64 = 3600;
/// In `cargo xtask test`, each.
const GLANCE: u64 = 2;

#[derive(Debug, Default, Args)]
pub struct Wanted {
    /// All of them where none is named.
    #[arg(value_parser = TARGETS)]
    targets: Vec<String>,
    /// How long each of them runs; an hour shared among them where nothing is said.
    #[arg(long)]
    seconds: Option<u64>,
    /// Give the one target named this input again, and nothing else.
    #[arg(long, conflicts_with = "seconds", requires = "targets")]
    replay: Option<PathBuf>,
}

/// Every target for a few seconds, from its seeds and what led somewhere new in earlier runs.
pub fn glance(root: &Path) -> Result<()> {
    run(root, &Wanted { seconds: Some(GLANCE), ..Wanted::default() })
}

pub fn run(root: &Path, wanted: &Wanted) -> Result<()> {
    let all = TARGETS.map(str::to_owned);
    let targets = if wanted.targets.is_empty() { &all } else { wanted.targets.as_slice() };
    let built = build(root, targets)?;
    if let Some(input) = &wanted.replay {
        let [target] = targets else { bail!("name the one target this is an input of") };
        return finish(Command::new(built.join("debug").join(target)).arg(input));
    }
    let seconds = wanted.seconds.unwrap_or(HOUR / u64::try_from(targets.len())?);
    let mut broken = Vec::new();
    for target in targets {
        if hunt(root, &built, target, seconds)? == Outcome::Found {
            broken.push(target.as_str());
        }
    }
    if broken.is_empty() { Ok(()) } else { bail!("fuzz: found something in {}", broken.join(", ")) }
}

/// Builds the targets and gives Cargo's target directory.
fn build(root: &Path, targets: &[String]) -> Result<PathBuf> {
    web::bundle(root)?;
    let mut build = cargo(root);
    // With the app, so that nothing is compiled again with other features than `cargo xtask openapi` wants.
    build.env("RUSTC_WORKSPACE_WRAPPER", root.join("fuzz/rustc")).args(["build", "--package", "nexgate", "--package", "fuzz"]);
    finish(build.args(targets.iter().flat_map(|target| ["--bin", target])))?;
    let metadata = MetadataCommand::new().current_dir(root).no_deps().exec()?;
    Ok(metadata.target_directory.into_std_path_buf())
}

#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Nothing,
    Found,
}

/// Runs one target. What leads it somewhere new is kept for the next run, what breaks it lies beside that.
fn hunt(root: &Path, built: &Path, target: &str, seconds: u64) -> Result<Outcome> {
    let own = built.join("fuzz").join(target);
    let corpus = own.join("corpus");
    fs::create_dir_all(&corpus)?;
    let mut command = Command::new(built.join("debug").join(target));
    command.arg(corpus).arg(root.join("fuzz/seeds").join(target)).arg(format!("-artifact_prefix={}/", own.display()));
    // What takes longer than 10 seconds or more than 1 GB is a finding too.
    command.args([&format!("-max_total_time={seconds}"), "-timeout=10", "-rss_limit_mb=1024", "-use_value_profile=1"]);
    // By a pipe, so that it ends with us: it speaks up again and again, and then nobody is there to read it.
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let mut said = Vec::new();
    for line in BufReader::new(child.stderr.take().context("no pipe")?).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        // Its progress.
        if !line.starts_with('#') && !line.starts_with("INFO:") {
            said.push(line);
        }
    }
    if child.wait()?.success() {
        println!("{target}: {}", said.last().map_or("done", String::as_str));
        return Ok(Outcome::Nothing);
    }
    let input = said.iter().find_map(|line| Some(line.split_once("Test unit written to ")?.1)).unwrap_or("INPUT");
    eprintln!("{}\nonce more: cargo xtask fuzz {target} --replay {input}", said.join("\n"));
    Ok(Outcome::Found)
}
