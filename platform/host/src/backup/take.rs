//! Taking a backup.

use std::path::Path;

use kernel::Clock;

use super::{
    blocking,
    folder::Folder,
    manifest::{Dump, Manifest},
    objects,
    programs::Programs,
    snapshot::Snapshot,
};
use crate::{config::Config, databases::known, house::must_say_which, service::Service};

/// Writes every database these settings know, and the objects, into `dir`, which is new or empty; says what it holds.
///
/// Nodes go on meanwhile. The databases' snapshots are milliseconds apart: what was on its way between them is told again
/// when the backup is restored. Objects are copied after the snapshots, so that whatever a row names is there.
pub async fn take(config: &Config, services: &[Service], clock: &Clock, dir: &Path) -> Result<Manifest, String> {
    let (folder, programs, begun) = (Folder::make(dir)?, Programs::find(config), clock.now());
    let mut databases = Vec::new();
    for snapshot in snapshots(config, services).await? {
        databases.push(snapshot.dump(&programs, &folder).await?);
    }
    let (data_dir, there) = (config.data_dir.clone(), folder.clone());
    let objects = blocking(move || objects::save(&data_dir, &there)).await?;
    let manifest = Manifest::new(&config.keys, begun, clock.now(), databases, objects);
    manifest.write(&folder)?;
    Ok(manifest)
}

/// All at once, before the first is written down: they are as close together as they can be.
async fn snapshots(config: &Config, services: &[Service]) -> Result<Vec<Snapshot>, String> {
    must_say_which(config)?;
    let mut open = Vec::new();
    for database in known(config, services)? {
        open.push(Snapshot::open(database).await?);
    }
    let missing = open.iter().flat_map(Snapshot::missing).find(|service| config.mounts(service));
    if let Some(service) = missing {
        return Err(format!("{service} isn't in its database yet: run `nexgate migrate`"));
    }
    // A database named for another node's services that has nothing of them yet.
    open.retain(Snapshot::has_services);
    if open.is_empty() {
        return Err("these settings name no database that has anything of a service".into());
    }
    Ok(open)
}

impl Manifest {
    /// The services this backup has nothing of: they aren't in a database these settings name.
    pub fn lacks<'a>(&self, services: &'a [Service]) -> Vec<&'a str> {
        let holds = |name: &str| self.databases.iter().flat_map(|dump: &Dump| &dump.services).any(|held| held == name);
        services.iter().map(|service| service.name).filter(|name| !holds(name)).collect()
    }
}
