//! Leases: who works on something holds it a little longer again and again, so that it comes free soon after they died
//! (docs/decisions/0006-leases-are-short-and-renewed.md).

use std::time::Duration;

use kernel::Fault;

/// What a dead holder left is free after this long.
pub(crate) const LEASE: Duration = Duration::from_secs(4);
/// How often a living holder renews: a lease outlasts a missed beat or two.
const BEAT: Duration = Duration::from_secs(1);

/// Does `work`, and renews its lease while that takes.
///
/// A renewal that fails is tried again at the next beat. A holder whose lease ran out meanwhile may be overtaken; its fencing
/// token, not the lease, is what keeps its late effect out.
pub(crate) async fn held<T, R>(work: impl Future<Output = T>, renew: impl Fn() -> R) -> T
where
    R: Future<Output = Result<(), Fault>>,
{
    let beating = async {
        loop {
            tokio::time::sleep(BEAT).await;
            if let Err(fault) = renew().await {
                tracing::warn!(%fault, "a lease couldn't be renewed");
            }
        }
    };
    tokio::select! {
        biased;
        done = work => done,
        never = beating => never,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_lease_is_renewed_as_long_as_the_work_takes_and_not_longer() {
        let (beats, work) = (Cell::new(0_u32), tokio::time::sleep(LEASE * 10));
        let renew = || {
            beats.set(beats.get() + 1);
            // One that fails ends nothing.
            std::future::ready(if beats.get() % 3 == 0 { Err(Fault::unavailable(1, "away")) } else { Ok(()) })
        };
        held(work, renew).await;
        assert_eq!(beats.get(), 39);
        tokio::time::sleep(LEASE).await;
        assert_eq!(beats.get(), 39);
    }

    #[tokio::test(start_paused = true)]
    async fn quick_work_renews_nothing_and_its_result_is_handed_on() {
        let quick = async {
            tokio::time::sleep(BEAT / 2).await;
            7
        };
        assert_eq!(held(quick, || -> std::future::Ready<Result<(), Fault>> { panic!("no beat") }).await, 7);
    }
}
