//! Two ways of loading a server: as fast as answers come, and at a fixed rate.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use futures_util::future::BoxFuture;
use tokio::{
    sync::{Mutex, mpsc},
    task::JoinSet,
};

use crate::{
    cpu::Watched,
    settling::Settling,
    turns::{Round, Side},
    wire::Line,
};

/// One thing callers do over and over.
pub trait Act: Send + Sync + 'static {
    /// Does it once; `turn` counts the turns of all callers.
    fn act(&self, line: &mut Line, turn: usize) -> impl Future<Output = Result<()>> + Send;

    /// Called before every round: access tokens live for minutes only.
    fn renew(&mut self) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }
}

/// Half of the acts took at most `p50`.
#[derive(Debug, Clone, Copy)]
pub struct Latency {
    pub p50: Duration,
    pub p99: Duration,
}

/// Callers of one server.
pub struct Load<A> {
    act: Arc<A>,
    address: SocketAddr,
    watched: Watched,
    callers: usize,
    turn: Arc<AtomicUsize>,
    settling: Option<Settling>,
}

impl<A: Act> Load<A> {
    pub fn new(act: A, address: SocketAddr, watched: Watched, callers: usize) -> Self {
        Self { act: Arc::new(act), address, watched, callers, turn: Arc::default(), settling: None }
    }

    /// A round ends when everything is done that its items left for later.
    #[must_use]
    pub fn until_settled(mut self, settling: Settling) -> Self {
        self.settling = Some(settling);
        self
    }

    /// As fast as answers come: each caller goes on at once.
    async fn saturate(&mut self, time: Duration) -> Result<Round> {
        let mut lines = self.ready().await?;
        let (before, begun, count) = (self.watched.read()?, Instant::now(), Arc::new(AtomicU32::new(0)));
        let mut set = JoinSet::new();
        for mut line in lines.drain(..) {
            let (act, count, turn) = (self.act.clone(), count.clone(), self.turn.clone());
            set.spawn(async move {
                while begun.elapsed() < time {
                    act.act(&mut line, turn.fetch_add(1, Ordering::Relaxed)).await?;
                    count.fetch_add(1, Ordering::Relaxed);
                }
                anyhow::Ok(())
            });
        }
        while let Some(ended) = set.join_next().await {
            ended??;
        }
        let (wall, items) = (begun.elapsed(), count.load(Ordering::Relaxed));
        if items == 0 {
            bail!("nothing was done");
        }
        if let Some(settling) = &self.settling {
            settling.wait().await?;
        }
        let settled_after = begun.elapsed().saturating_sub(wall);
        Ok(Round { items, wall, settled_after, spent: self.watched.read()? - before })
    }

    /// How long acts took from the moment they were due, so that waiting behind a slow one counts.
    pub async fn paced(&mut self, a_second: f64, time: Duration) -> Result<Latency> {
        let mut lines = self.ready().await?;
        let (begun, due) = (Instant::now(), Arc::new(Mutex::new(clock(a_second, time))));
        let mut set = JoinSet::new();
        for mut line in lines.drain(..) {
            let (act, due, turn) = (self.act.clone(), due.clone(), self.turn.clone());
            set.spawn(async move {
                let (mut took, next) = (Vec::new(), async || due.lock().await.recv().await);
                while let Some(due) = next().await {
                    act.act(&mut line, turn.fetch_add(1, Ordering::Relaxed)).await?;
                    took.push(begun.elapsed().saturating_sub(due));
                }
                anyhow::Ok(took)
            });
        }
        let mut took = Vec::new();
        while let Some(ended) = set.join_next().await {
            took.extend(ended??);
        }
        took.sort_unstable();
        let at = |percent: usize| took.get((took.len() * percent / 100).min(took.len().saturating_sub(1))).copied();
        let latency = at(50).zip(at(99)).map(|(p50, p99)| Latency { p50, p99 });
        if let Some(settling) = &self.settling {
            settling.wait().await?;
        }
        latency.context("nothing was done")
    }

    /// Everybody's connection, with tokens that are good for a while.
    async fn ready(&mut self) -> Result<Vec<Line>> {
        Arc::get_mut(&mut self.act).context("a round is still running")?.renew().await?;
        let mut lines = Vec::new();
        for _ in 0..self.callers {
            lines.push(Line::open(self.address).await?);
        }
        Ok(lines)
    }
}

impl<A: Act> Side for Load<A> {
    fn round(&mut self, time: Duration) -> BoxFuture<'_, Result<Round>> {
        Box::pin(self.saturate(time))
    }
}

/// Says when each act is due. A thread's sleep is exact where the runtime's is a whole number of milliseconds.
fn clock(a_second: f64, time: Duration) -> mpsc::UnboundedReceiver<Duration> {
    let (step, begun) = (Duration::from_secs_f64(1.0 / a_second.max(1.0)), Instant::now());
    let (send, due) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        let moments = (0..).map(|number| step * number).take_while(|due| *due < time);
        for due in moments {
            std::thread::sleep(due.saturating_sub(begun.elapsed()));
            if send.send(due).is_err() {
                return;
            }
        }
    });
    due
}
