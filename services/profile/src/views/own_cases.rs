//! Cases as those see them whom they concern: what somebody reported, and what was decided against what is theirs (P8).

use contracts::{
    ids,
    profile::{CaseParty, Exhibit, Outcome, ReportReason, ThingKind},
};
use host::Here;
use kernel::{Fault, Id, Page, PageQuery, Timestamp, User};
use serde::Serialize;
use sqlx::types::{Json, Uuid};
use utoipa::ToSchema;

use super::queue::excerpt;
use crate::model::moderation::{CaseState, Thing, appeal_until};

/// A case that concerns me.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnCase {
    pub id: Id<ids::Case>,
    /// What I have to do with it.
    pub party: CaseParty,
    pub thing: Thing,
    /// The beginning of what was reported; empty once it was forgotten, and for whoever wasn't the first to report it: it may have
    /// changed before they saw it.
    #[schema(example = "Kitenge dress")]
    pub excerpt: String,
    pub state: CaseState,
    /// What I said is wrong; `null` where it is mine.
    #[schema(required)]
    pub reported: Option<OwnReport>,
    /// What was decided last; `null` until it is.
    #[schema(required)]
    pub decided: Option<OwnDecision>,
    /// Until when I can ask another moderator to look again; `null` where I can't.
    #[schema(required)]
    pub appeal_until: Option<Timestamp>,
    /// When I or somebody else asked for that; `null` where nobody waits for an answer.
    #[schema(required)]
    pub appealed_at: Option<Timestamp>,
}

/// What I reported.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnReport {
    pub reason: ReportReason,
    #[schema(example = "They asked me to pay outside.")]
    pub words: String,
    pub at: Timestamp,
}

/// What was decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnDecision {
    pub outcome: Outcome,
    /// The rule it breaks; `null` where it is kept.
    #[schema(required)]
    pub reason: Option<ReportReason>,
    /// What the moderator says to the owner; empty for everybody else.
    #[schema(example = "The dress is sold under a name that isn't yours.")]
    pub statement: String,
    pub at: Timestamp,
}

impl OwnCase {
    /// Where what it is about is found.
    pub fn place(&self) -> String {
        self.thing.place()
    }

    pub fn kind(&self) -> ThingKind {
        self.thing.kind()
    }
}

struct Row {
    id: Id<ids::Case>,
    thing: ThingKind,
    thing_id: Uuid,
    exhibit: Option<Json<Exhibit>>,
    state: CaseState,
    is_owner: bool,
    is_first: bool,
    report_reason: Option<ReportReason>,
    report_words: Option<String>,
    reported_at: Option<Timestamp>,
    outcome: Option<Outcome>,
    reason: Option<ReportReason>,
    statement: Option<String>,
    decided_at: Option<Timestamp>,
    appealed_at: Option<Timestamp>,
}

/// Cases that concern the viewer, the newest first. Owners learn of decisions against them alone, never of who reported what.
pub async fn list(here: &Here, viewer: Id<User>, query: &PageQuery) -> Result<Page<OwnCase>, Fault> {
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("profile.own_cases.{viewer}"));
    let after = query.after::<Id<ids::Case>>(&key, &name)?;
    let found = concerning(here, viewer, after, i64::from(limit) + 1).await?;
    let page = Page::cut(found, limit, &key, &name, |id| *id)?;
    Ok(Page { items: load(here, viewer, &page.items).await?, next_cursor: page.next_cursor })
}

/// One of them; 404 where it is none.
pub async fn by_id(here: &Here, viewer: Id<User>, id: Id<ids::Case>) -> Result<OwnCase, Fault> {
    load(here, viewer, &[id]).await?.pop().ok_or_else(Fault::not_found)
}

/// The ids of the next cases.
async fn concerning(here: &Here, viewer: Id<User>, after: Option<Id<ids::Case>>, most: i64) -> Result<Vec<Id<ids::Case>>, Fault> {
    let found = sqlx::query_scalar!(
        r#"select case_id as "case_id!: Id<ids::Case>"
             from ((select case_id
                      from profile.report
                     where reporter = $1
                       and case_id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
                     order by case_id desc
                     limit $3)
                   union
                   (select case_id
                      from profile.moderation_case known
                     where owner = $1
                       and case_id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
                       and exists (select 1
                                     from profile.decision
                                    where decision.case_id = known.case_id
                                      and decision.outcome <> 'kept')
                     order by case_id desc
                     limit $3)) as found
            order by case_id desc
            limit $3"#,
        viewer.uuid(),
        after.map(Id::uuid),
        most,
    );
    Ok(found.fetch_all(here.db.reader()).await?)
}

/// Those of these that concern the viewer, in the order asked.
async fn load(here: &Here, viewer: Id<User>, cases: &[Id<ids::Case>]) -> Result<Vec<OwnCase>, Fault> {
    let cases: Vec<Uuid> = cases.iter().map(|case| case.uuid()).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select known.case_id as id, known.thing, known.thing_id, known.exhibit as "exhibit: Json<Exhibit>",
                  known.state, known.owner = $1 as "is_owner!",
                  coalesce(report.reported_at = known.opened_at, false) as "is_first!",
                  report.reason as "report_reason?: ReportReason", report.words as "report_words?",
                  report.reported_at as "reported_at?",
                  last.outcome as "outcome?: Outcome", last.reason as "reason?: ReportReason", last.statement as "statement?",
                  last.decided_at as "decided_at?",
                  case when known.state = 'appealed' then known.waits_since end as appealed_at
             from unnest($2::uuid[]) with ordinality as asked (case_id, place)
             join profile.moderation_case known on known.case_id = asked.case_id
             left join profile.report on report.case_id = known.case_id and report.reporter = $1
             left join lateral (select outcome, reason, statement, decided_at
                                  from profile.decision
                                 where decision.case_id = known.case_id
                                 order by round desc
                                 limit 1) last on true
            where report.reporter is not null
               or (known.owner = $1 and exists (select 1
                                                  from profile.decision
                                                 where decision.case_id = known.case_id
                                                   and decision.outcome <> 'kept'))
            order by asked.place"#,
        viewer.uuid(),
        &cases,
    );
    let now = here.clock.now();
    Ok(rows.fetch_all(here.db.reader()).await?.into_iter().map(|row| row.shown(now)).collect())
}

impl Row {
    fn shown(self, now: Timestamp) -> OwnCase {
        let party = if self.is_owner { CaseParty::Owner } else { CaseParty::Reporter };
        let decided = self.outcome.zip(self.decided_at);
        let until = decided.and_then(|(outcome, at)| appeal_until(party, outcome, at));
        let reported = self.report_reason.zip(self.report_words).zip(self.reported_at);
        let statement = self.statement.filter(|_| self.is_owner).unwrap_or_default();
        OwnCase {
            id: self.id,
            party,
            thing: Thing::of(self.thing, self.thing_id),
            excerpt: self.exhibit.filter(|_| self.is_owner || self.is_first).map(|exhibit| excerpt(&exhibit)).unwrap_or_default(),
            state: self.state,
            reported: reported.map(|((reason, words), at)| OwnReport { reason, words, at }),
            decided: decided.map(|(outcome, at)| OwnDecision { outcome, reason: self.reason, statement, at }),
            appeal_until: until.filter(|until| self.state == CaseState::Decided && *until > now),
            appealed_at: self.appealed_at,
        }
    }
}
