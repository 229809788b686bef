//! Makes what is shown of sellers anew, from all their deals (P5).

use std::time::Duration;

use contracts::profile::{TrustReport, TrustUpdated};
use host::{Here, Tx};
use kernel::{Fault, Id, Job, Timestamp, User};
use serde::{Deserialize, Serialize};

use crate::{
    model::trust::{FORMULA, History, rounded},
    store::{
        deals,
        trusts::{self, Shown},
    },
};

const DAY: Duration = Duration::from_hours(24);

/// A seller who couldn't be judged is due again after this time.
const AGAIN: Duration = Duration::from_hours(1);

/// Work for when something has happened, or a day has begun: judges one seller. One with many deals keeps nobody else waiting.
#[derive(Debug, Serialize, Deserialize)]
pub struct Judge {
    user: Id<User>,
}
impl Job for Judge {
    const NAME: &'static str = "judge";
    const PATIENCE: Duration = Duration::from_mins(1);
}

/// Has everybody judged who is due.
pub async fn judge_due(here: &Here) -> Result<(), Fault> {
    loop {
        let due = host::write!(here.db, async |tx| {
            let due = trusts::claim_due(tx, tx.now().plus(AGAIN)).await?;
            due.iter().try_for_each(|user| tx.enqueue(&Judge { user: *user }, tx.now()))?;
            Ok(due.len())
        })?;
        if due == 0 {
            return Ok(());
        }
    }
}

pub async fn judge(here: &Here, job: &Judge) -> Result<(), Fault> {
    host::write!(here.db, async |tx| { judge_in(tx, job.user).await }).map(drop)
}

/// Judges everybody from the stored deals. The same deals give the same score, so whatever was missed or damaged is put right.
pub async fn recompute_trust(here: &Here) -> Result<TrustReport, Fault> {
    let (mut report, mut after) = (TrustReport { sellers: 0, changed: 0 }, None);
    while let Some(user) = host::write!(here.db, async |tx| { trusts::next_after(tx, after).await })? {
        let is_another = host::write!(here.db, async |tx| { judge_in(tx, user).await })?;
        report.sellers += 1;
        report.changed += u64::from(is_another);
        after = Some(user);
    }
    Ok(report)
}

/// A score holds for a day, so that everybody reads the same; says whether it is another one than before. What is recorded meanwhile waits
/// for this to end, and has the seller judged again.
async fn judge_in(tx: &mut Tx, user: Id<User>) -> Result<bool, Fault> {
    let Some(before) = trusts::lock(tx, user).await? else { return Ok(false) };
    let (contributions, payments) = (deals::contributions(tx, user).await?, deals::payments(tx, user).await?);
    let history = History { seller: user.uuid().as_u128(), contributions: &contributions, payments: &payments };
    let as_of = beginning_of_day(tx.now());
    let trusts = FORMULA.trusts(&history, as_of.as_second());
    let whole = trusts.first().ok_or_else(|| Fault::internal("the formula has no segment"))?;
    let mut now = Shown { score: whole.score, completed: whole.completed.into(), ..before };
    let is_seen = now.completed != before.completed || rounded(now.score) != rounded(before.score);
    if is_seen {
        now.version += 1;
        tx.publish(&TrustUpdated { user, version: now.version, score: rounded(now.score), completed: now.completed })?;
    }
    trusts::save(tx, user, &now, &serde_json::to_value(&trusts)?, (as_of, as_of.plus(DAY))).await?;
    Ok(now.score.map(f64::to_bits) != before.score.map(f64::to_bits))
}

fn beginning_of_day(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond().div_euclid(86_400_000_000) * 86_400_000_000)
}
