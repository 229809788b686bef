//! A connection to the broker, with a time-out on every call.

use std::{fmt::Display, sync::Arc, time::Duration};

use kernel::Fault;
use lapin::{Channel, Connection, ConnectionProperties};

use super::topology::Topology;

/// How long a call to the broker may take before the connection counts as lost.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where the broker is, and what must stand there.
#[derive(Debug, Clone)]
pub(crate) struct Broker {
    pub url: Arc<str>,
    pub topology: Topology,
}

/// An open channel on a connection of its own.
pub(super) struct Link {
    pub channel: Channel,
    connection: Connection,
}

impl Broker {
    /// Connects, and makes sure that every queue stands: a fact without its queue would be dropped.
    pub(super) async fn connect(&self, name: &str) -> Result<Link, Fault> {
        let properties = ConnectionProperties::default().with_connection_name(name.into());
        let connection = in_time(Connection::connect(&self.url, properties)).await.map_err(lost)?;
        let channel = in_time(connection.create_channel()).await.map_err(lost)?;
        self.topology.declare(&channel).await?;
        Ok(Link { channel, connection })
    }
}

impl Link {
    pub fn is_open(&self) -> bool {
        self.channel.status().connected() && self.connection.status().connected()
    }

    /// Says goodbye; a broker that doesn't answer notices by itself.
    pub async fn close(self) {
        if let Err(error) = in_time(self.connection.close(200, "bye".into())).await {
            tracing::debug!(%error, "the broker didn't say goodbye");
        }
    }
}

/// A call that is lost, by its own error or by taking too long.
pub(super) async fn in_time<T, E: Display>(call: impl Future<Output = Result<T, E>>) -> Result<T, String> {
    match tokio::time::timeout(PATIENCE, call).await {
        Ok(done) => done.map_err(|error| error.to_string()),
        Err(_) => Err("the broker doesn't answer".to_owned()),
    }
}

pub(super) fn lost(cause: String) -> Fault {
    Fault::unavailable(1, format_args!("the broker: {cause}"))
}
