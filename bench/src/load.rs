//! Two ways of loading: as fast as answers come, and at a fixed rate.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use tokio::task::JoinSet;

/// One thing a caller does over and over; `usize` says which caller.
pub trait Act: Clone + Send + Sync + 'static {
    fn act(&self, caller: usize) -> impl Future<Output = Result<()>> + Send;
}

/// What a scenario reached.
pub struct Measured {
    /// Acts a second when every caller waits for its answer and goes on at once.
    pub saturation: u64,
    /// At half of that: half of the acts took at most this long.
    pub p50: Duration,
    pub p99: Duration,
}

pub async fn measure(act: impl Act, callers: usize, time: Duration) -> Result<Measured> {
    // Caches fill and connections open before anything counts.
    saturate(act.clone(), callers, time / 4).await?;
    let saturation = saturate(act.clone(), callers, time).await?;
    if saturation < 2 {
        bail!("nothing was done");
    }
    let mut took = paced(act, callers, saturation / 2, time).await?;
    took.sort_unstable();
    let at =
        |percent: usize| took.get((took.len() * percent / 100).min(took.len().saturating_sub(1))).copied().unwrap_or_default();
    Ok(Measured { saturation, p50: at(50), p99: at(99) })
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

/// How long each act took from the moment it was due, so that waiting behind a slow one counts.
async fn paced(act: impl Act, callers: usize, a_second: u64, time: Duration) -> Result<Vec<Duration>> {
    let step = Duration::from_micros(1_000_000 / a_second.max(1));
    let (begun, next) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let mut set = JoinSet::new();
    // Twice the callers: a late answer must not keep the next act from starting in time.
    for caller in 0..callers * 2 {
        let (act, next) = (act.clone(), next.clone());
        set.spawn(async move {
            let mut took = Vec::new();
            loop {
                let due = step * u32::try_from(next.fetch_add(1, Ordering::Relaxed))?;
                if due >= time {
                    return anyhow::Ok(took);
                }
                tokio::time::sleep_until((begun + due).into()).await;
                act.act(caller % callers).await?;
                took.push(begun.elapsed().saturating_sub(due));
            }
        });
    }
    let mut all = Vec::new();
    while let Some(ended) = set.join_next().await {
        all.extend(ended??);
    }
    Ok(all)
}
