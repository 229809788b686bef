//! What stands at the broker, for whoever looks after it. Nothing here declares or changes anything.

use std::{
    io::{Read, Write},
    net::{TcpStream, ToSocketAddrs},
    time::Duration,
};

use kernel::Fault;
use lapin::{
    Channel, Connection, ConnectionProperties,
    options::QueueDeclareOptions,
    types::FieldTable,
    uri::{AMQPScheme, AMQPUri},
};

use super::{
    link::{in_time, lost},
    topology::{DEAD, queue_of},
};
use crate::service::Service;

/// AMQP 0-9-1: the id of "no such queue".
const NOT_FOUND: u16 = 404;
/// The first words of an AMQP 0-9-1 client.
const HELLO: &[u8] = b"AMQP\x00\x00\x09\x01";
/// How long the broker's greeting may take.
const GREETING: Duration = Duration::from_secs(2);
/// Bytes of a greeting that are looked at; RabbitMQ's has some five hundred.
const LONGEST: usize = 4096;
/// In the greeting's table: the name of the field, and that a long text follows.
const VERSION: &[u8] = b"\x07versionS";

/// A queue that should be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub name: String,
    /// Whether it holds what the broker gave up on.
    pub is_last_net: bool,
    /// Its messages and its consumers; `None` where it isn't there.
    pub found: Option<(u32, u32)>,
}

/// The queue of every service that hears, and the last net.
pub(crate) async fn queues(url: &str, services: &[Service]) -> Result<Vec<Standing>, Fault> {
    let properties = ConnectionProperties::default().with_connection_name("nexgate doctor".into());
    let connection = in_time(Connection::connect(url, properties)).await.map_err(lost)?;
    let mut channel = in_time(connection.create_channel()).await.map_err(lost)?;
    let hearing = services.iter().filter(|service| service.heard().next().is_some());
    let mut queues = Vec::new();
    for (name, is_last_net) in hearing.map(|service| (queue_of(service.name), false)).chain([(DEAD.to_owned(), true)]) {
        let found = queue(&channel, &name).await?;
        if found.is_none() {
            // The broker closes a channel on which it found nothing.
            channel = in_time(connection.create_channel()).await.map_err(lost)?;
        }
        queues.push(Standing { name, is_last_net, found });
    }
    if let Err(error) = in_time(connection.close(200, "bye".into())).await {
        tracing::debug!(%error, "the broker didn't say goodbye");
    }
    Ok(queues)
}

/// How many messages and consumers a queue has; `None` where it isn't there.
async fn queue(channel: &Channel, name: &str) -> Result<Option<(u32, u32)>, Fault> {
    let declared = in_time(async {
        match channel.queue_declare(name.into(), QueueDeclareOptions::durable().passive(), FieldTable::default()).await {
            Ok(queue) => Ok(Some((queue.message_count(), queue.consumer_count()))),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(error),
        }
    });
    declared.await.map_err(lost)
}

fn is_missing(error: &lapin::Error) -> bool {
    matches!(error.kind(), lapin::ErrorKind::ProtocolError(refused) if refused.get_id() == NOT_FOUND)
}

/// The server's version, as its greeting says it; `None` where that can't be read, as over TLS.
pub(crate) async fn version(url: &str) -> Option<String> {
    let uri: AMQPUri = url.parse().ok()?;
    let greeted = tokio::task::spawn_blocking(move || greeting(&uri)).await.ok()??;
    version_in(&greeted)
}

fn greeting(uri: &AMQPUri) -> Option<Vec<u8>> {
    if uri.scheme != AMQPScheme::AMQP {
        return None;
    }
    let address = (uri.authority.host.as_str(), uri.authority.port).to_socket_addrs().ok()?.next()?;
    let mut stream = TcpStream::connect_timeout(&address, GREETING).ok()?;
    stream.set_read_timeout(Some(GREETING)).ok()?;
    stream.write_all(HELLO).ok()?;
    let (mut greeted, mut piece) = (Vec::new(), [0; 512]);
    // The frame's end byte is its last: AMQP 0-9-1, 4.2.3.
    while greeted.last() != Some(&0xce) && greeted.len() < LONGEST {
        let read = stream.read(&mut piece).ok().filter(|read| *read > 0)?;
        greeted.extend_from_slice(piece.get(..read)?);
    }
    Some(greeted)
}

fn version_in(greeting: &[u8]) -> Option<String> {
    let at = greeting.windows(VERSION.len()).position(|window| window == VERSION)?;
    let (length, text) = greeting.get(at + VERSION.len()..)?.split_first_chunk::<4>()?;
    let text = text.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    String::from_utf8(text.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_out_of_a_greeting_and_out_of_nothing_else() {
        let greeting = b"\x01\x00\x00\x00\x00\x01\xff\x00\x0a\x00\x0a\x00\x09\x07productS\x00\x00\x00\x08RabbitMQ\x07versionS\x00\x00\x00\x073.10.25\xce";
        assert_eq!(version_in(greeting).as_deref(), Some("3.10.25"));
        for broken in [&b""[..], b"\x07version", b"\x07versionS\x00\x00", b"\x07versionS\x00\x00\x00\xff3.10"] {
            assert_eq!(version_in(broken), None);
        }
    }
}
