//! Running other programs, and saying which one failed.

use std::{
    env,
    ffi::OsString,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// Cargo, at the workspace's root; SQL macros read the committed data.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.current_dir(root).env("SQLX_OFFLINE", "true").stdin(Stdio::null());
    command
}

/// Runs it to its end with our terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("couldn't run {}", line(command)))?;
    if status.success() {
        return Ok(());
    }
    bail!("{} failed ({status})", line(command))
}

/// Runs it to its end and gives what it wrote; its complaints go to our terminal.
pub fn output(command: &mut Command) -> Result<Vec<u8>> {
    let done = command.stderr(Stdio::inherit()).output().with_context(|| format!("couldn't run {}", line(command)))?;
    if done.status.success() {
        return Ok(done.stdout);
    }
    bail!("{} failed ({})", line(command), done.status)
}

/// Whether it runs and succeeds; nothing is shown.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn line(command: &Command) -> String {
    let words: Vec<_> =
        [command.get_program()].into_iter().chain(command.get_args()).map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}
