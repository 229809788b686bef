//! The doctor: looks at everything a node stands on, and works with any of it away. It changes nothing.

mod broker;
mod channels;
mod database;
mod disk;
mod finding;
mod keys;
mod peers;
mod settings;
mod waiting;

use std::time::Duration;

use kernel::Clock;

pub use finding::{Finding, Verdict};

use crate::{config::Config, postgres, service::Service};

/// How long a check may take; then what it asked counts as away.
const PATIENCE: Duration = Duration::from_secs(5);

/// Everything there is to find, in the order of what stands on what. Takes as long as the slowest check, a few seconds at most.
pub async fn examine(config: &Config, services: &[Service], clock: &Clock) -> Vec<Finding> {
    let mut config = config.clone();
    config.database_url = config.database_url.or_else(|| postgres::noted_url(&config.data_dir));
    let (settings, disk) = (settings::look(&config, services), disk::look(&config.data_dir));
    let here = [vec![settings], keys::look(&config.keys, &config.data_dir), vec![disk]].concat();
    let (databases, broker, peers, channels) = tokio::join!(
        database::look(&config, services, clock),
        broker::look(&config, services),
        peers::look(&config, clock),
        channels::look(&config),
    );
    [here, databases, broker, peers, channels].concat()
}

/// What a check found; an error, or silence, is bad.
async fn in_time(subject: &str, check: impl Future<Output = Result<Vec<Finding>, String>>) -> Vec<Finding> {
    match tokio::time::timeout(PATIENCE, check).await {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => vec![Finding::bad(subject, error)],
        Err(_) => vec![Finding::bad(subject, format!("no answer within {} s", PATIENCE.as_secs()))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_check_that_fails_or_hangs_is_one_bad_line() {
        let hangs = in_time("broker", std::future::pending()).await;
        assert_eq!(hangs, [Finding::bad("broker", "no answer within 5 s")]);
        let fails = in_time("broker", async { Err("refused".to_owned()) }).await;
        assert_eq!(fails, [Finding::bad("broker", "refused")]);
    }
}
