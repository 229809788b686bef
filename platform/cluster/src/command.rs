//! A PostgreSQL program as a command: as the server's user, in its directory, with nothing of our environment.

use std::{
    os::unix::process::CommandExt,
    path::Path,
    process::{Command, Stdio},
};

use crate::place::Place;

/// Without our environment no `PG*` variable interferes, and messages come in English, which we read.
pub(crate) fn command(program: &Path, place: &Place) -> Command {
    let mut command = Command::new(program);
    command.env_clear().current_dir(&place.dir).stdin(Stdio::null());
    if let Some(user) = &place.user {
        command.uid(user.uid).gid(user.gid);
    }
    command
}
