//! Services moving in: which of them this node mounts, where each lives, and whether everything they need is there.

use std::{collections::HashMap, sync::Arc};

use kernel::{Ask, Clock, Fault};

use crate::{
    bus::{Heard, Hearing, Retelling},
    coalesce::Lines,
    config::Config,
    db::{self, Db, Manner},
    here::Here,
    home::Moving,
    http::{Mounted, forward::Elsewhere},
    ids::Ids,
    objects::Objects,
    peers::{Directory, Peers, Wire},
    revoked::EndedSessions,
    service::{Answerer, Service},
    signal::Signals,
    token::{RenewSession, SigningKeys},
};

/// What services become when they move in.
pub(crate) struct House {
    pub config: Arc<Config>,
    pub clock: Clock,
    pub ids: Ids,
    pub wire: Wire,
    pub directory: Directory,
    pub signals: Signals,
    pub objects: Objects,
    pub parts: Parts,
}

/// The services taken apart into what each machine needs.
#[derive(Default)]
pub(crate) struct Parts {
    pub answers: HashMap<&'static str, (Here, Answerer)>,
    pub moving: Vec<Moving>,
    pub mounted: Vec<Mounted>,
    pub retelling: Retelling,
}

impl House {
    pub fn take_in(&mut self, service: Service) -> Result<(), Fault> {
        self.parts.retelling.note(&service);
        if !self.config.mounts(service.name) {
            self.pass_on(service);
            return Ok(());
        }
        let at = self.home_of(self.config.clone().database_of(service.name)?)?;
        let parts = &mut self.parts;
        let Some(home) = parts.moving.get_mut(at) else { return Ok(()) };
        let pool = db::pool(home.options.clone(), service.name, self.config.limits.connections);
        let here = Here {
            db: Db {
                service: service.name,
                pool,
                clock: self.clock.clone(),
                ids: self.ids.clone(),
                keys: self.config.keys.clone(),
                wake: home.wake.clone(),
                signals: self.signals.clone(),
                manner: Manner::Usual,
            },
            peers: Peers::new(&service, self.directory.clone()),
            objects: self.objects.clone(),
            clock: self.clock.clone(),
            ids: self.ids.clone(),
            config: self.config.clone(),
            lines: Lines::default(),
        };
        parts.answers.extend(service.answers.into_iter().map(|(name, answer)| (name, (here.clone(), answer))));
        home.works.extend(service.jobs.into_iter().map(|(name, work)| ((service.name, name), (here.clone(), work))));
        parts.retelling.mount(here.clone(), service.retells);
        home.ticks.extend(service.ticks.into_iter().map(|tick| (here.clone(), tick)));
        home.hearings.push(Hearing { here: here.clone(), hears: Arc::new(service.hears) });
        parts.mounted.push(Mounted { here, api: service.api, web: service.web, elsewhere: None });
        Ok(())
    }

    /// The place of the home at `url`, made where there is none yet.
    fn home_of(&mut self, url: &str) -> Result<usize, Fault> {
        let moving = &mut self.parts.moving;
        if let Some(at) = moving.iter().position(|home| home.url == url) {
            return Ok(at);
        }
        moving.push(Moving::into(url)?);
        Ok(moving.len() - 1)
    }

    /// A service another node mounts: its routes are passed on there, where we know it.
    fn pass_on(&mut self, service: Service) {
        let Some(url) = self.config.peers.get(service.name) else { return };
        let elsewhere = Elsewhere { wire: self.wire.clone(), url: url.as_str().into() };
        // Its handlers never run here, so nothing of this place is ever used.
        let here = Here {
            db: Db::nowhere(service.name, self.clock.clone(), self.ids.clone(), self.config.keys.clone()),
            peers: Peers::new(&service, self.directory.clone()),
            objects: self.objects.clone(),
            clock: self.clock.clone(),
            ids: self.ids.clone(),
            config: self.config.clone(),
            lines: Lines::default(),
        };
        self.parts.mounted.push(Mounted { here, api: service.api, web: service.web, elsewhere: Some(elsewhere) });
    }
}

/// The mounted services, by the database they live in.
pub(crate) fn by_database<'a>(config: &'a Config, services: &'a [Service]) -> Result<Vec<(&'a str, Vec<&'a Service>)>, Fault> {
    let mut found: Vec<(&str, Vec<&Service>)> = Vec::new();
    for service in services.iter().filter(|service| config.mounts(service.name)) {
        let url = config.database_of(service.name)?;
        match found.iter_mut().find(|(known, _)| *known == url) {
            Some((_, there)) => there.push(service),
            None => found.push((url, vec![service])),
        }
    }
    Ok(found)
}

/// A node that has neighbours says what it mounts: otherwise whatever it doesn't name a database for would be looked for, or even
/// made, in its own.
pub(crate) fn must_say_which(config: &Config) -> Result<(), String> {
    if config.services.is_none() && !config.peers.is_empty() {
        return Err("NEXGATE_PEERS names other nodes: say in NEXGATE_SERVICES what this one mounts".into());
    }
    Ok(())
}

/// The start-up check: every ask needs its handler or a peer, every fact heard its teller; and without a broker everybody is
/// here, in one database.
pub(crate) fn check(config: &Config, services: &[Service]) -> Result<(), Fault> {
    let refused = |text: String| Err(Fault::internal(text));
    let named = config.services.iter().flatten().chain(config.databases.keys()).chain(config.peers.keys());
    for name in named.chain(config.sections()) {
        if !services.iter().any(|service| service.name == name) {
            return refused(format!("there is no service {name}"));
        }
    }
    for service in services {
        match service.settings {
            Some(read) => read(config, service.name)?,
            None if config.sections().any(|name| name == service.name) => {
                return refused(format!("[{}]: this service has no settings", service.name));
            }
            None => {}
        }
    }
    let mounted: Vec<&Service> = services.iter().filter(|service| config.mounts(service.name)).collect();
    let databases = by_database(config, services)?.len();
    if config.amqp_url.is_none() && (mounted.len() < services.len() || databases > 1) {
        return refused(
            "several nodes or databases need NEXGATE_AMQP_URL: without a broker every service is here, in one".into(),
        );
    }
    let answered = |name: &str| {
        let service = name.split('.').next().unwrap_or_default();
        mounted.iter().any(|service| service.answers.contains_key(name)) || config.peers.contains_key(service)
    };
    let asks = mounted.iter().flat_map(|service| service.asks.iter().copied());
    // Every node that serves people checks their tokens.
    let mut asks =
        asks.chain([SigningKeys::NAME, EndedSessions::NAME, RenewSession::NAME].into_iter().filter(|_| config.roles.http));
    if let Some(name) = asks.find(|name| !answered(name)) {
        return refused(format!("nobody answers {name}: mount its service, or name its node in NEXGATE_PEERS"));
    }
    for service in services {
        let unreadable = |heard: &Heard| !heard.sealed.fields.is_empty() && heard.sealed.reader != service.name;
        if let Some((name, _)) = service.hears.iter().find(|(_, heard)| unreadable(heard)) {
            return refused(format!("{} can't open what is sealed in {name}", service.name));
        }
    }
    let told = |name: &&str| services.iter().any(|service| service.tells.contains_key(name));
    if let Some(name) = services.iter().flat_map(|service| service.hears.keys()).find(|name| !told(name)) {
        return refused(format!("nobody tells {name}"));
    }
    Ok(())
}
