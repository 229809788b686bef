//! A RabbitMQ of one test's own, which may be killed: it comes up again on the same data.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::place::PATIENCE;

pub struct OwnBroker {
    holder: Child,
    dir: PathBuf,
    pub url: String,
}

impl OwnBroker {
    /// Starts one, and comes back when it can be used.
    pub fn start() -> Self {
        let xtask = std::env::var_os("NEXGATE_TEST_XTASK").expect("`cargo xtask test` says where it is");
        let mut command = Command::new(xtask);
        let mut holder = command.args(["broker", "--restart"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(holder.stdout.take().unwrap()).lines().map(Result::unwrap);
        let (url, claims) = (said.next().expect("its address"), said.next().expect("its directory"));
        Self { holder, dir: PathBuf::from(claims).parent().unwrap().to_owned(), url: format!("{url}/t0") }
    }

    /// `kill -9`; comes back when it can be used again.
    pub async fn kill_and_wait(&self) {
        self.kill().await;
    }

    /// Stops it well; comes back when it can be used again. RabbitMQ before 3.13 keeps the names of new queues' logs in memory
    /// while it is busy, or until it is stopped (rabbitmq/ra, pull request 443): killed before, it never finds the queue again.
    pub async fn restart(&self) {
        self.end(Signal::TERM).await;
    }

    /// `kill -9` now; the future ends when it can be used again.
    pub fn kill(&self) -> impl Future<Output = ()> + '_ {
        self.end(Signal::KILL)
    }

    fn end(&self, signal: Signal) -> impl Future<Output = ()> + '_ {
        let pid = std::fs::read_to_string(self.dir.join("broker.pid")).unwrap();
        kill_process(Pid::from_raw(pid.parse().unwrap()).unwrap(), signal).unwrap();
        self.until_another_greets(pid)
    }

    async fn until_another_greets(&self, pid: String) {
        let file = self.dir.join("broker.pid");
        let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(100)));
        loop {
            pause.tick().await;
            if std::fs::read_to_string(&file).unwrap() != pid && self.greets().await {
                return;
            }
            assert!(Instant::now() < until, "the broker never came up again");
        }
    }

    /// Whether it answers a client's first words (AMQP 0-9-1, 2.2.4) with a method frame.
    async fn greets(&self) -> bool {
        let address = self.url.trim_start_matches("amqp://guest:guest@").trim_end_matches("/t0");
        let Ok(mut stream) = TcpStream::connect(address).await else { return false };
        let mut first = [0];
        let greeted = stream.write_all(b"AMQP\x00\x00\x09\x01").await.is_ok() && stream.read_exact(&mut first).await.is_ok();
        greeted && first == [1]
    }
}

impl Drop for OwnBroker {
    fn drop(&mut self) {
        drop(self.holder.stdin.take());
        let ended = self.holder.wait();
        assert!(std::thread::panicking() || ended.is_ok_and(|status| status.success()), "the broker didn't end well");
    }
}
