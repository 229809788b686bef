//! The settings: whether a node would start with them.

use super::finding::Finding;
use crate::{
    config::{Config, Mode},
    house,
    service::Service,
};

const SUBJECT: &str = "settings";

pub(super) fn look(config: &Config, services: &[Service]) -> Finding {
    let mut complete = config.clone();
    if config.mode == Mode::Development {
        // Where none is named, `up` makes one.
        complete.database_url.get_or_insert_default();
    }
    if let Err(fault) = house::check(&complete, services) {
        return Finding::bad(SUBJECT, fault.cause().unwrap_or(fault.detail()));
    }
    match (config.mode, &config.amqp_url) {
        (Mode::Production, None) => Finding::bad(SUBJECT, "NEXGATE_AMQP_URL is missing: `nexgate serve` needs a broker"),
        (Mode::Production, Some(_)) => Finding::ok(SUBJECT, "of production"),
        (Mode::Development, _) => Finding::ok(SUBJECT, "of development"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Verdict;

    #[test]
    fn what_a_node_would_refuse_is_bad() {
        let services = [Service::new("auth", sqlx::migrate::Migrator::DEFAULT)];
        let mut config = Config::for_tests("postgres://here".into());
        assert!(look(&config, &services).to_string().contains("nobody answers auth.signing_keys.v1"));
        config.peers.insert("auth".into(), "http://there".into());
        assert_eq!(look(&config, &services).verdict, Verdict::Ok);
        config.database_url = None;
        assert_eq!(look(&config, &services).verdict, Verdict::Ok);
        config.mode = Mode::Production;
        assert_eq!(look(&config, &services).to_string(), "bad  settings: auth has no database");
        config.database_url = Some("postgres://here".into());
        assert!(look(&config, &services).to_string().contains("NEXGATE_AMQP_URL"));
        config.amqp_url = Some("amqp://here".into());
        assert_eq!(look(&config, &services).verdict, Verdict::Ok);
        config.services = Some(vec!["events".into()]);
        assert_eq!(look(&config, &services).to_string(), "bad  settings: there is no service events");
    }

    #[test]
    fn a_table_of_a_service_is_read_before_it_is_used_and_one_nobody_reads_is_refused() {
        #[derive(Debug, Default, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        struct Shelf {
            boards: u32,
        }
        let services = |read: bool| {
            let [auth, toy] = ["auth", "toy"].map(|name| Service::new(name, sqlx::migrate::Migrator::DEFAULT));
            [auth, if read { toy.settings::<Shelf>() } else { toy }]
        };
        let said = |table: &str, read: bool| {
            let mut config = Config::for_tests("postgres://here".into());
            config.roles = crate::Roles::parse("worker").unwrap();
            config.set_section("toy", table.parse().unwrap());
            look(&config, &services(read)).to_string()
        };
        assert_eq!(said("boards = 3", true), "ok   settings: of development");
        assert!(said("board = 3", true).contains("[toy]: unknown field `board`"));
        assert!(said("boards = -3", true).starts_with("bad"));
        assert_eq!(said("boards = 3", false), "bad  settings: [toy]: this service has no settings");
    }
}
