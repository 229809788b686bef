//! Reports something, for moderators to look at (P8).

use std::time::Duration;

use contracts::{
    commerce::{ProductExhibit, ShopExhibit},
    ids::Case,
    profile::{Exhibit, ReportReason, UserExhibit},
    social::PostExhibit,
};
use garde::Validate;
use host::Here;
use kernel::{Actor, Fault, Id, text::plain};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    fault::CaseRefusal,
    model::moderation::{Deed, NewReport, REPORTS_A_DAY, Thing, priority},
    ops::is_open,
    store::{
        locks,
        moderation::{
            cases::{self, Reported},
            log, reports,
        },
        ties::between,
    },
};

const DAY: Duration = Duration::from_hours(24);

/// What is reported, and why.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportThing {
    #[garde(skip)]
    pub thing: Thing,
    #[garde(skip)]
    pub reason: ReportReason,
    /// What is wrong with it, for the moderators; needed where the reason is `other`.
    #[garde(length(chars, max = 1000), custom(plain))]
    #[serde(default)]
    #[schema(example = "They asked me to pay outside.")]
    pub words: String,
}

impl ReportThing {
    /// By the names of what was chosen; 404 where there is no such thing, and a word where no reason is chosen.
    pub fn chosen(thing: &str, id: &str, reason: &str, words: &str) -> Result<Self, Fault> {
        let thing = Thing::named(thing, id).ok_or_else(Fault::not_found)?;
        let reason = ReportReason::named(reason).ok_or(CaseRefusal::RuleMissing)?;
        Ok(Self { thing, reason, words: words.to_owned() })
    }
}

/// Reporting the same thing again changes nothing as long as nobody has decided. What one may not see, one can't report (X6).
pub async fn report_thing(here: &Here, actor: &Actor, cmd: &ReportThing) -> Result<Id<Case>, Fault> {
    let (reporter, words) = (actor.user()?, cmd.words.trim());
    if cmd.reason == ReportReason::Other && words.is_empty() {
        return Err(CaseRefusal::WordsMissing.into());
    }
    let seen = look_at(here, cmd.thing).await?;
    if seen.owner == reporter {
        return Err(CaseRefusal::ReportsOneself.into());
    }
    let (id, exhibit) = (here.ids.next(), serde_json::to_value(&seen)?);
    host::write!(here.db, async |tx| {
        locks::reports(tx, reporter).await?;
        locks::pair(tx, reporter, seen.owner).await?;
        let (standing, between) = between(tx, reporter, seen.owner).await?;
        is_open(standing)?;
        if !cmd.thing.is_seen(&between.decide()) {
            return Err(Fault::not_found());
        }
        let now = tx.now();
        let (made, first) = reports::since(tx, reporter, now.minus(DAY)).await?;
        let reported = Reported { thing: cmd.thing, owner: seen.owner, priority: priority(cmd.reason), exhibit: &exhibit };
        let case = cases::open(tx, id, &reported).await?;
        if reports::insert(tx, case, &NewReport { reporter, reason: cmd.reason, words }).await? {
            if made >= REPORTS_A_DAY {
                let wait = first.map_or(DAY, |first| first.plus(DAY).since(now));
                return Err(CaseRefusal::TooManyReports(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).max(1)).into());
            }
            cases::join(tx, case, reporter, reported.priority).await?;
            log::write(tx, case, reporter, Deed::Reported, "").await?;
        }
        Ok(case)
    })
}

/// What it looks like now, as the service says whose it is.
async fn look_at(here: &Here, thing: Thing) -> Result<Exhibit, Fault> {
    let seen = match thing {
        Thing::Post(post) => here.peers.ask(PostExhibit { post, withheld_too: false }).await?,
        Thing::Product(product) => here.peers.ask(ProductExhibit { product, withheld_too: false }).await?,
        Thing::Shop(shop) => here.peers.ask(ShopExhibit { shop, withheld_too: false }).await?,
        Thing::User(user) => here.peers.ask(UserExhibit { user, withheld_too: false }).await?,
    };
    seen.ok_or_else(Fault::not_found)
}
