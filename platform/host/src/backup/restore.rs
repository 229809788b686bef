//! Restoring a backup: everything is looked at first, and whatever fails later is taken back.

use std::path::Path;

use super::{
    blocking,
    folder::Folder,
    manifest::Manifest,
    objects,
    programs::Programs,
    retell::{self, Lost},
    target::Target,
};
use crate::{bus::rabbit::inspect, config::Config, databases::known, node::Node, service::Service};

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    pub manifest: Manifest,
    /// Facts that are told again; whoever has heard them already knows.
    pub retold: u64,
    pub lost: Vec<Lost>,
}

/// Restores the backup in `dir` into the empty databases these settings name, brings them to what this version expects, and
/// lets everything that may have been on its way be told again.
///
/// Refuses a backup that isn't whole, is of a newer version or another master key, and databases that aren't empty. After an
/// error they are as empty as they were; roles of the services may have been made.
pub async fn restore(config: &Config, services: &[Service], dir: &Path) -> Result<Restored, String> {
    let folder = Folder::at(dir);
    let manifest = Manifest::read(&folder)?;
    manifest.must_be_known(services)?;
    manifest.must_open_with(&config.keys)?;
    let (whole, there) = (manifest.clone(), folder.clone());
    blocking(move || whole.must_be_whole(&there)).await?;
    let targets = Target::all(config, services, &manifest)?;
    for target in &targets {
        target.must_be_empty().await?;
    }
    objects::must_have_room(&config.data_dir, &manifest.objects)?;
    must_be_quiet(config, services).await?;
    let mut work = Work { config, services, folder, manifest, filled: Vec::new() };
    match work.run(targets).await {
        Ok((retold, lost)) => Ok(Restored { manifest: work.manifest, retold, lost }),
        Err(error) => Err(work.undo(error).await),
    }
}

/// Refuses a broker that holds facts of another time: they tell of what this backup may not know.
async fn must_be_quiet(config: &Config, services: &[Service]) -> Result<(), String> {
    let Some(url) = &config.amqp_url else { return Ok(()) };
    let queues = inspect::queues(url, services).await;
    let queues = queues.map_err(|_| "the broker doesn't answer, so nobody can say whether facts of another time wait there")?;
    match queues.iter().find(|queue| !queue.is_last_net && queue.found.is_some_and(|(messages, _)| messages > 0)) {
        None => Ok(()),
        Some(queue) => Err(format!(
            "facts of another time wait in {} at the broker: purge its queues, or name another virtual host",
            queue.name
        )),
    }
}

/// A restore under way.
struct Work<'a> {
    config: &'a Config,
    services: &'a [Service],
    folder: Folder,
    manifest: Manifest,
    /// What to empty again if the rest fails.
    filled: Vec<Target>,
}

impl Work<'_> {
    async fn run(&mut self, targets: Vec<Target>) -> Result<(u64, Vec<Lost>), String> {
        let programs = Programs::find(self.config);
        for target in targets {
            target.fill(self.services, &programs, &self.folder).await?;
            self.filled.push(target);
        }
        self.migrate().await?;
        let (retold, lost) = retell::all(&self.filled, self.services, self.manifest.begun).await?;
        let (objects, from, data_dir) = (self.manifest.objects.clone(), self.folder.clone(), self.config.data_dir.clone());
        blocking(move || objects::bring_back(&objects, &from, &data_dir)).await?;
        Ok((retold, lost))
    }

    /// Of every service that has a database, whatever this node mounts.
    async fn migrate(&self) -> Result<(), String> {
        let mut config = self.config.clone();
        let services = known(self.config, self.services)?.into_iter().flat_map(|known| known.services);
        config.services = Some(services.map(str::to_owned).collect());
        Node::migrate(&config, self.services).await.map_err(|fault| fault.to_string())
    }

    /// Empties what was filled; the error, with what couldn't be emptied.
    async fn undo(&self, error: String) -> String {
        let mut said = vec![error];
        for target in &self.filled {
            said.extend(target.clear().await.err());
        }
        if !self.manifest.objects.is_empty() {
            said.extend(objects::remove(&self.config.data_dir).err());
        }
        said.join("\n")
    }
}
