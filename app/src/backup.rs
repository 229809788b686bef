//! `nexgate backup DIR`: everything the databases hold, into one folder.

use std::path::Path;

use host::Config;
use kernel::Clock;

use crate::command::say;

/// Said after every backup, because it is noticed too late otherwise.
const REMINDER: &str = "The master key isn't in it. Keep NEXGATE_MASTER_KEY, or master.key of the data directory, in another place: \
                        without it nothing sealed opens, and this backup can't be restored.";

pub async fn backup(config: Config, dir: &Path) -> Result<(), String> {
    let services = nexgate::services();
    let manifest = host::backup::take(&config, &services, &Clock::system(), dir).await?;
    for dump in &manifest.databases {
        say(&format!("{}: {} bytes", dump.kept.file, dump.kept.bytes))?;
    }
    if !manifest.objects.is_empty() {
        say(&format!("{} objects", manifest.objects.len()))?;
    }
    let lacks = manifest.lacks(&services).join(", ");
    let whole = if lacks.is_empty() {
        "A whole backup".to_owned()
    } else {
        format!("Nothing of {lacks}: no database these settings name has it. A backup of the others")
    };
    say(&format!("{whole} is in {}, as of {}.\n{REMINDER}", dir.display(), manifest.begun))
}
