//! Retelling: a service tells how things are now, to one service whose copy is new or was lost.

use std::{collections::BTreeMap, sync::Arc};

use kernel::Fault;

use super::Effect;
use crate::{
    here::Here,
    service::{Reteller, Service},
};

/// The one service that is told, and the facts it keeps copies of; it is told no others.
#[derive(Debug, Clone)]
pub(crate) struct Addressee {
    pub service: &'static str,
    copies: Arc<[&'static str]>,
}

impl Addressee {
    pub fn copies(&self, name: &str) -> bool {
        self.copies.contains(&name)
    }
}

/// Who of this node can tell again, and everybody who keeps copies, here or not.
#[derive(Default)]
pub(crate) struct Retelling {
    tellers: BTreeMap<&'static str, (Here, Vec<Reteller>)>,
    addressees: BTreeMap<&'static str, Addressee>,
}

impl Retelling {
    /// Notes what a service keeps copies of.
    pub fn note(&mut self, service: &Service) {
        let copies = service.hears.iter().filter(|(_, heard)| heard.effect == Effect::Copy).map(|(name, _)| *name);
        self.addressees.insert(service.name, Addressee { service: service.name, copies: copies.collect() });
    }

    pub fn mount(&mut self, here: Here, retells: Vec<Reteller>) {
        self.tellers.insert(here.db.service, (here, retells));
    }

    /// Tells `to` everything of `from` that it keeps copies of; says how many facts are on their way.
    pub async fn run(&self, from: &str, to: &str) -> Result<u64, Fault> {
        let missing = |what: &str| Fault::internal(format_args!("{what}"));
        let (here, retells) = self.tellers.get(from).ok_or_else(|| missing("the telling service isn't mounted here"))?;
        let to = self.addressees.get(to).ok_or_else(|| missing("there is no such service to tell"))?;
        let mut told = 0;
        for retell in retells {
            told += retell(here.clone(), to.clone()).await?;
        }
        Ok(told)
    }
}
