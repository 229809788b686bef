//! `Here`: everything an op, a view or a door may reach for.

use std::sync::Arc;

use kernel::{Clock, Fault};
use serde::de::DeserializeOwned;

use crate::{coalesce::Lines, config::Config, db::Db, ids::Ids, objects::Objects, peers::Peers};

/// Where the code runs: its database, its neighbours, objects, the time, new ids and the settings. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Here {
    pub db: Db,
    pub peers: Peers,
    pub objects: Objects,
    pub clock: Clock,
    pub ids: Ids,
    pub config: Arc<Config>,
    pub(crate) lines: Lines,
}

impl Here {
    /// This service's own settings: the table of its name in `nexgate.toml`.
    pub fn settings<T: DeserializeOwned + Default>(&self) -> Result<T, Fault> {
        self.config.section(self.db.service)
    }
}
