//! The databases a configuration knows.

use crate::{address::Address, config::Config, service::Service};

/// A database, and the services these settings place there.
#[derive(Clone)]
pub(crate) struct Known {
    pub address: Address,
    pub services: Vec<&'static str>,
}

/// All of them, whatever this node mounts. A service no database is named for lives elsewhere.
pub(crate) fn known(config: &Config, services: &[Service]) -> Result<Vec<Known>, String> {
    let mut found: Vec<(&str, Known)> = Vec::new();
    for service in services {
        let Ok(url) = config.database_of(service.name) else { continue };
        match found.iter_mut().find(|(known, _)| *known == url) {
            Some((_, there)) => there.services.push(service.name),
            None => found.push((url, Known { address: Address::read(url)?, services: vec![service.name] })),
        }
    }
    Ok(found.into_iter().map(|(_, known)| known).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_found_by_their_database_and_left_out_without_one() {
        let services: Vec<Service> =
            ["auth", "social", "files"].map(|name| Service::new(name, sqlx::migrate::Migrator::DEFAULT)).into();
        let mut config = Config::for_tests("postgres://here".into());
        config.databases.insert("social".into(), "postgres://there".into());
        let found = |config: &Config| -> Vec<Vec<&str>> {
            known(config, &services).unwrap().into_iter().map(|known| known.services).collect()
        };
        assert_eq!(found(&config), [vec!["auth", "files"], vec!["social"]]);
        config.database_url = None;
        assert_eq!(found(&config), [vec!["social"]]);
    }
}
