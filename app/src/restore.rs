//! `nexgate restore DIR`: a backup, into the empty databases of these settings.

use std::path::Path;

use host::{Config, Ids, Node};
use kernel::Clock;

use crate::command::{say, verify};

pub async fn restore(config: Config, dir: &Path) -> Result<(), String> {
    let services = nexgate::services();
    let restored = host::backup::restore(&config, &services, dir).await?;
    for dump in &restored.manifest.databases {
        say(&format!("{}: {}", dump.kept.file, dump.services.join(", ")))?;
    }
    say(&format!("{} facts are told again; whoever has heard them already takes no notice.", restored.retold))?;
    for lost in &restored.lost {
        say(&format!("{} {} were on their way to {}: what was sealed in them is lost.", lost.count, lost.fact, lost.service))?;
    }
    say(&format!("Restored as of {}.", restored.manifest.begun))?;
    if restored.manifest.databases.iter().any(|dump| dump.services.iter().any(|service| service == "payment")) {
        sound(config).await?;
    }
    Ok(())
}

/// What was restored stays as it is even where the books are wrong: somebody must look at it.
async fn sound(mut config: Config) -> Result<(), String> {
    // Payment answers here, whatever this node mounts otherwise.
    config.services = Some(vec!["payment".into()]);
    let clock = Clock::system();
    let node = Node::unchecked(config, clock.clone(), Ids::system(clock), nexgate::services());
    verify(node.map_err(|fault| fault.to_string())?).await
}
