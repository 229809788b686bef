//! sharp, of a pinned version, in the user's cache; a process of Node's that does as it is told, line by line.

use std::{
    env, fs,
    io::{BufRead, BufReader, Lines, Write},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

pub const VERSION: &str = "0.35.5";
const SCRIPT: &str = include_str!("sharp.mjs");

/// What it needed for the pictures of a round.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    pub wall: Duration,
    pub cpu: Duration,
}

/// Two ways of making eight variants with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A pipeline for each, as its documentation shows.
    Each,
    /// Decoded once, and shrunk step by step, as we do.
    Once,
}

impl Form {
    pub const ALL: [Self; 2] = [Self::Each, Self::Once];

    pub fn words(self) -> &'static str {
        match self {
            Self::Each => "a pipeline each",
            Self::Once => "decoded once",
        }
    }
}

pub struct Sharp {
    child: Child,
    input: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Sharp {
    pub fn start() -> Result<Self> {
        let dir = installed()?;
        let script = dir.join("bench.mjs");
        fs::write(&script, SCRIPT)?;
        let mut child = Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("node")?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else { bail!("node has no pipes") };
        Ok(Self { child, input, answers: BufReader::new(output).lines() })
    }

    pub fn round(&mut self, path: &Path, form: Form, many: u32, at_once: NonZeroUsize) -> Result<Took> {
        let took = self.ask(&json!({"path": path, "once": form == Form::Once, "many": many, "atOnce": at_once}))?;
        let seconds = |name: &str| took[name].as_f64().map(Duration::from_secs_f64).context("sharp said no time");
        Ok(Took { wall: seconds("wall")?, cpu: seconds("cpu")? })
    }

    /// The variants of a picture, by name and kind, and with both forms warmed up.
    pub fn keep(&mut self, path: &Path) -> Result<Vec<(String, Vec<u8>)>> {
        let dir = tempfile::tempdir()?;
        for once in [true, false] {
            self.ask(&json!({"path": path, "once": once, "many": 1, "atOnce": 1, "keep": dir.path()}))?;
        }
        let entries = fs::read_dir(dir.path())?.collect::<Result<Vec<_>, _>>()?;
        let read = |entry: fs::DirEntry| anyhow::Ok((entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?));
        entries.into_iter().map(read).collect()
    }

    fn ask(&mut self, order: &Value) -> Result<Value> {
        writeln!(self.input, "{order}")?;
        let answer = self.answers.next().context("node ended")??;
        Ok(serde_json::from_str(&answer)?)
    }
}

impl Drop for Sharp {
    fn drop(&mut self) {
        // It has nothing to put away.
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// Where it lies; installed at first use.
fn installed() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let base = base.or_else(|| env::home_dir().map(|home| home.join(".cache"))).context("no home directory")?;
    let dir = base.join("nexgate").join(format!("sharp-{VERSION}"));
    if dir.join("node_modules/sharp/package.json").exists() {
        return Ok(dir);
    }
    fs::create_dir_all(&dir)?;
    println!("installing sharp {VERSION} in {}", dir.display());
    let package = format!("sharp@{VERSION}");
    let done = Command::new("npm").args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&dir).arg(package).output();
    let done = done.context("npm is missing; install nodejs and npm")?;
    if done.status.success() { Ok(dir) } else { bail!("{}", String::from_utf8_lossy(&done.stderr)) }
}
