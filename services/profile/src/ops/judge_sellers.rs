//! Makes what is shown of sellers anew, from all their deals (P5).

use std::time::Duration;

use contracts::profile::{TrustReport, TrustUpdated};
use host::{Here, Tx};
use kernel::{Fault, Timestamp};

use crate::{
    model::trust::{FORMULA, History, rounded},
    store::{
        deals,
        trusts::{self, Shown},
    },
};

const DAY: Duration = Duration::from_hours(24);

/// Judges whoever is due: something has happened, or a day has begun. Says how many scores are others than before.
pub async fn judge_sellers(here: &Here) -> Result<u64, Fault> {
    let mut changed = 0;
    loop {
        let judged: Vec<bool> = host::write!(here.db, async |tx| { judge_some(tx).await })?;
        changed += judged.iter().filter(|is_another| **is_another).count() as u64;
        if judged.is_empty() {
            return Ok(changed);
        }
    }
}

/// Judges everybody from the stored deals. The same deals give the same score, so whatever changes was missed or damaged.
pub async fn recompute_trust(here: &Here) -> Result<TrustReport, Fault> {
    let sellers = host::write!(here.db, async |tx| { trusts::mark_all(tx).await })?;
    Ok(TrustReport { sellers, changed: judge_sellers(here).await? })
}

async fn judge_some(tx: &mut Tx) -> Result<Vec<bool>, Fault> {
    let mut judged = Vec::new();
    for shown in trusts::lock_due(tx).await? {
        judged.push(judge(tx, shown).await?);
    }
    Ok(judged)
}

/// A score holds for a day, so that everybody reads the same; says whether it is another one than before.
async fn judge(tx: &mut Tx, before: Shown) -> Result<bool, Fault> {
    let user = before.user;
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
    trusts::save(tx, &now, &serde_json::to_value(&trusts)?, as_of, as_of.plus(DAY)).await?;
    Ok(now.score.map(f64::to_bits) != before.score.map(f64::to_bits))
}

fn beginning_of_day(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond().div_euclid(86_400_000_000) * 86_400_000_000)
}
