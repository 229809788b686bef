//! `cargo xtask new-service`: to be written.
use anyhow::Result;
use std::path::Path;
pub fn run(_root: &Path, _name: &str) -> Result<()> {
    anyhow::bail!("x")
}
