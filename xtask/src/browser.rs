//! A real browser for the tests of the pages, and the packages from npm that steer it.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{machine, npm::Folder, process::succeeds};

/// Debian's, because its version moves with the system and no download of anybody's is needed.
const CHROMIUM: &str = "/usr/bin/chromium";

/// The browser's program; installs Debian's where there is none and we may.
pub fn chromium(root: &Path) -> Result<&'static Path> {
    if !succeeds(Command::new(CHROMIUM).arg("--version")) {
        // Without a font every letter is a box.
        machine::install(&["chromium", "fonts-dejavu-core"])?;
    }
    Folder::open(root.join("e2e"))?.install()?;
    Ok(Path::new(CHROMIUM))
}
