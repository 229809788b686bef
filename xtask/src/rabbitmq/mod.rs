//! RabbitMQ for developers: the installed one, and a private broker that can't outlive us.

mod boot;
mod hold;

use std::{
    fs, io,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

pub use hold::hold;

use crate::{machine, private::Private};

/// Not the one in PATH: Debian's wrapper there changes the user.
const SERVER: &str = "/usr/lib/rabbitmq/bin/rabbitmq-server";
/// The first words of an AMQP client, and how the broker's answer begins: Connection.Start is a method frame.
const HELLO: &[u8] = b"AMQP\x00\x00\x09\x01";
const METHOD: u8 = 1;
/// How long a boot may take; 5 to 25 s were seen.
const BOOT: Duration = Duration::from_secs(90);
/// How long a greeting may take.
const GREETING: Duration = Duration::from_secs(2);
const GLANCE: Duration = Duration::from_millis(100);
const LAST_LINES: usize = 20;

/// The installed RabbitMQ; installs Debian's where there is none and we may.
pub fn server() -> Result<&'static Path> {
    let server = Path::new(SERVER);
    if !server.exists() && Path::new("/etc/debian_version").exists() {
        machine::install_without_starting(&["rabbitmq-server"])?;
    }
    if !server.exists() {
        bail!("no RabbitMQ: there is no {SERVER}");
    }
    Ok(server)
}

/// What becomes of a broker that was killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Killed {
    StaysDown,
    /// At once, on the same data.
    IsRestarted,
}

/// A broker of our own, with a directory in which tests claim its virtual hosts.
pub struct PrivateRabbit(Private);

impl PrivateRabbit {
    /// Begins the boot and doesn't wait for its end; `killed` says what follows when it is killed.
    pub fn start(killed: Killed) -> Result<Self> {
        server()?;
        Private::start("RabbitMQ", "hold-rabbitmq", if killed == Killed::IsRestarted { &["--restart"] } else { &[] }).map(Self)
    }

    /// Waits until the broker greets a client: it listens last, after its virtual hosts are made.
    pub fn ready(&self) -> Result<()> {
        let deadline = Instant::now() + BOOT;
        while !greets(self.url()) {
            if !self.0.is_running() || Instant::now() > deadline {
                bail!("the private RabbitMQ isn't ready; it said:\n{}", last_lines(&log(self.0.dir())));
            }
            sleep(GLANCE);
        }
        Ok(())
    }

    /// Its address, without a virtual host.
    pub fn url(&self) -> &str {
        self.0.url()
    }

    /// Whoever makes the file `t7` here first owns the virtual host `t7`.
    pub fn claims(&self) -> PathBuf {
        claims(self.0.dir())
    }

    /// The child that holds the broker.
    pub fn holder(&self) -> u32 {
        self.0.holder()
    }

    /// Stops the broker, and makes sure that it is gone.
    pub fn stop(self) -> Result<()> {
        self.0.stop()
    }
}

/// `cargo xtask broker`: a broker for tests started by hand.
pub fn run(killed: Killed) -> Result<()> {
    let broker = PrivateRabbit::start(killed)?;
    let result = serve(&broker);
    broker.stop()?;
    result
}

/// Says where it is once it can be used, and waits until stdin closes; Ctrl-C ends us, and its holder notices.
fn serve(broker: &PrivateRabbit) -> Result<()> {
    broker.ready()?;
    println!("{}\n{}", broker.url(), broker.claims().display());
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

/// Whether a broker answers a client's first words.
fn greets(url: &str) -> bool {
    let first = || {
        let (_user, address) = url.rsplit_once('@')?;
        let mut stream = TcpStream::connect(address).ok()?;
        stream.set_read_timeout(Some(GREETING)).ok()?;
        stream.write_all(HELLO).ok()?;
        let mut first = [0];
        stream.read_exact(&mut first).ok()?;
        Some(first)
    };
    first() == Some([METHOD])
}

fn claims(dir: &Path) -> PathBuf {
    dir.join("claims")
}

fn log(dir: &Path) -> PathBuf {
    dir.join("rabbitmq.log")
}

fn last_lines(log: &Path) -> String {
    // What can't be read isn't quoted: the error it illustrates matters more.
    let log = String::from_utf8_lossy(&fs::read(log).unwrap_or_default()).into_owned();
    let lines: Vec<_> = log.lines().collect();
    lines.get(lines.len().saturating_sub(LAST_LINES)..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    #[test]
    fn a_broker_is_known_by_its_greeting() {
        // Connection.Start; another version of the protocol; somebody who hangs up.
        for (answer, expected) in [(&b"\x01\x00\x00"[..], true), (b"AMQP\x00\x01\x00\x00", false), (b"", false)] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let url = format!("amqp://guest:guest@{}", listener.local_addr().unwrap());
            let answering = thread::spawn(move || {
                let (mut stream, _peer) = listener.accept().unwrap();
                let mut said = [0; HELLO.len()];
                stream.read_exact(&mut said).unwrap();
                stream.write_all(answer).unwrap();
                said
            });
            assert_eq!(greets(&url), expected, "{answer:?}");
            assert_eq!(answering.join().unwrap(), HELLO);
            assert!(!greets(&url), "nobody listens any more");
        }
    }

    #[test]
    fn an_error_quotes_the_end_of_the_log() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(last_lines(&log(dir.path())), "");
        let all: Vec<_> = (0..100).map(|n| n.to_string()).collect();
        fs::write(log(dir.path()), all.join("\n")).unwrap();
        assert_eq!(last_lines(&log(dir.path())), all[80..].join("\n"));
    }
}
