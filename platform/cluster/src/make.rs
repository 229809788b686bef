//! Making a cluster: whole, or not at all.

use std::{
    fs::{self, File},
    path::Path,
    process,
};

use crate::{
    Binaries, Durable, SUPERUSER,
    command::command,
    error::{ClusterError, Doing},
    place::Place,
};

/// What half-made clusters are called, followed by the id of the process that makes them.
const UNFINISHED: &str = "unfinished-";

/// Makes the cluster where it is missing; refuses one of another major version.
pub(crate) fn make(place: &Place, binaries: &Binaries, durable: Durable) -> Result<(), ClusterError> {
    let data = place.data();
    if data.exists() {
        return same_version(&data, binaries);
    }
    sweep(&place.dir)?;
    let unfinished = place.dir.join(format!("{UNFINISHED}{}", process::id()));
    place.make_private(&unfinished)?;
    initdb(place, binaries, durable, &unfinished)?;
    fs::rename(&unfinished, &data).doing("rename", &unfinished)?;
    File::open(&place.dir).and_then(|dir| dir.sync_all()).doing("sync", &place.dir)
}

fn same_version(data: &Path, binaries: &Binaries) -> Result<(), ClusterError> {
    let file = data.join("PG_VERSION");
    let made = fs::read_to_string(&file).doing("read", file)?;
    if made.trim().parse() == Ok(binaries.version()) {
        return Ok(());
    }
    Err(ClusterError::OtherVersion { data: data.to_owned(), made: made.trim().to_owned(), found: binaries.version() })
}

/// Removes what killed owners left. An orphaned initdb may still be writing there: then a later start sweeps again.
fn sweep(dir: &Path) -> Result<(), ClusterError> {
    for entry in fs::read_dir(dir).doing("read", dir)?.flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(UNFINISHED.as_bytes()) {
            let _swept_later = fs::remove_dir_all(entry.path());
        }
    }
    Ok(())
}

fn initdb(place: &Place, binaries: &Binaries, durable: Durable, into: &Path) -> Result<(), ClusterError> {
    let program = binaries.dir().join("initdb");
    let mut initdb = command(&program, place);
    initdb.arg("-D").arg(into).args(["-A", "trust", "-U", SUPERUSER, "-E", "UTF8"]);
    initdb.args(["--no-locale", "--data-checksums", "--no-instructions"]);
    if durable == Durable::No {
        initdb.arg("--no-sync");
    }
    let done = initdb.output().doing("run", program)?;
    if done.status.success() {
        return Ok(());
    }
    Err(ClusterError::Initdb { output: String::from_utf8_lossy(&done.stderr).trim().to_owned() })
}
