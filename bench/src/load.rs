//! Two ways of loading: as fast as answers come, and at a fixed rate.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use tokio::{sync::mpsc, task::JoinSet};

/// One thing a caller does over and over; `usize` says which caller.
pub trait Act: Clone + Send + Sync + 'static {
    fn act(&self, caller: usize) -> impl Future<Output = Result<()>> + Send;
}

/// Half of the acts took at most `p50`.
pub struct Latency {
    pub p50: Duration,
    pub p99: Duration,
}

/// What a scenario reached.
pub struct Measured {
    /// Acts a second when every caller waits for its answer and goes on at once.
    pub saturation: u64,
    pub at_half: Latency,
}

pub async fn measure(act: impl Act, callers: usize, time: Duration) -> Result<Measured> {
    // Caches fill and connections open before anything counts.
    saturate(act.clone(), callers, time / 4).await?;
    let saturation = saturate(act.clone(), callers, time).await?;
    if saturation < 2 {
        bail!("nothing was done");
    }
    Ok(Measured { saturation, at_half: paced(act, callers, saturation / 2, time).await? })
}

/// Acts a second.
async fn saturate(act: impl Act, callers: usize, time: Duration) -> Result<u64> {
    let (begun, count) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let mut set = JoinSet::new();
    for caller in 0..callers {
        let (act, count) = (act.clone(), count.clone());
        set.spawn(async move {
            while begun.elapsed() < time {
                act.act(caller).await?;
                count.fetch_add(1, Ordering::Relaxed);
            }
            anyhow::Ok(())
        });
    }
    while let Some(ended) = set.join_next().await {
        ended??;
    }
    let micros = u64::try_from(begun.elapsed().as_micros())?;
    Ok(count.load(Ordering::Relaxed) * 1_000_000 / micros.max(1))
}

/// How long acts took from the moment they were due, so that waiting behind a slow one counts.
pub async fn paced(act: impl Act, callers: usize, a_second: u64, time: Duration) -> Result<Latency> {
    let (begun, step) = (Instant::now(), Duration::from_secs(1) / u32::try_from(a_second.max(1))?);
    let (send, mut due) = mpsc::unbounded_channel();
    // A thread's sleep is exact where the runtime's is a whole number of milliseconds.
    let clock = tokio::task::spawn_blocking(move || {
        let mut moments = (0..).map(|number| step * number).take_while(|due| *due < time);
        moments.try_for_each(|due| {
            std::thread::sleep(due.saturating_sub(begun.elapsed()));
            send.send(due)
        })
    });
    let (mut set, mut callers) = (JoinSet::new(), (0..callers).cycle());
    while let (Some(due), Some(caller)) = (due.recv().await, callers.next()) {
        let act = act.clone();
        set.spawn(async move { act.act(caller).await.map(|()| begun.elapsed().saturating_sub(due)) });
    }
    clock.await??;
    let mut took = Vec::new();
    while let Some(ended) = set.join_next().await {
        took.push(ended??);
    }
    took.sort_unstable();
    let at =
        |percent: usize| took.get((took.len() * percent / 100).min(took.len().saturating_sub(1))).copied().unwrap_or_default();
    Ok(Latency { p50: at(50), p99: at(99) })
}
