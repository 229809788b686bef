//! The queue of cases, as moderators look through it (P8).

use contracts::{
    ids,
    profile::{Exhibit, ReportReason, ThingKind},
};
use host::Here;
use kernel::{Actor, Fault, Id, Page, PageQuery, Role, Timestamp, User};
use serde::{Deserialize, Serialize};
use sqlx::types::{Json, Uuid};
use utoipa::{IntoParams, ToSchema};

use crate::model::moderation::{CaseState, Thing};

kernel::named! {
    /// Which cases a moderator looks through.
    pub Queue {
        /// Those they could take: the most urgent first, and of these whoever has waited longest.
        Waiting = "waiting",
        /// Those they have taken.
        Mine = "mine",
    }
}

/// Which cases.
#[derive(Debug, Default, Deserialize, IntoParams)]
pub struct QueueQuery {
    /// `waiting` where nothing is said.
    #[param(inline, example = "waiting")]
    pub queue: Option<Queue>,
}

/// A case in passing.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseCard {
    pub id: Id<ids::Case>,
    pub thing: Thing,
    pub state: CaseState,
    /// 0 can't wait, 2 can.
    #[schema(example = 1)]
    pub priority: i16,
    pub reasons: Vec<ReportReason>,
    /// How many reported it.
    #[schema(example = 3)]
    pub reports: i64,
    /// Since the first report, or since the appeal.
    pub waits_since: Timestamp,
    /// The beginning of what was reported.
    #[schema(example = "Kitenge dress")]
    pub excerpt: String,
}

impl CaseCard {
    /// Whether somebody asked for another look.
    pub fn is_appealed(&self) -> bool {
        self.state == CaseState::Appealed
    }

    pub fn kind(&self) -> ThingKind {
        self.thing.kind()
    }
}

/// Where a case stands in a queue.
type Place = (i16, Timestamp, Id<ids::Case>);

struct Line {
    id: Id<ids::Case>,
    thing: ThingKind,
    thing_id: Uuid,
    state: CaseState,
    priority: i16,
    reasons: Vec<String>,
    reports: i64,
    waits_since: Timestamp,
    exhibit: Option<Json<Exhibit>>,
}

/// A page of a moderator's queue; 404 for everybody else. What concerns them, or what they have decided before, isn't in it.
pub async fn queue(here: &Here, actor: &Actor, queue: &QueueQuery, page: &PageQuery) -> Result<Page<CaseCard>, Fault> {
    let moderator = actor.must_be(Role::Moderator)?;
    let which = queue.queue.unwrap_or(Queue::Waiting);
    let (limit, key, name) = (page.limit()?, here.config.keys.cursors(), format!("profile.cases.{}.{moderator}", which.name()));
    let after = page.after::<Place>(&key, &name)?;
    let lines = match which {
        Queue::Waiting => waiting(here, moderator, after, i64::from(limit) + 1).await?,
        Queue::Mine => taken(here, moderator, after, i64::from(limit) + 1).await?,
    };
    Ok(Page::cut(lines, limit, &key, &name, |line| (line.priority, line.waits_since, line.id))?.map(card))
}

/// How many cases that can't wait a moderator could take, up to 100; none for everybody else.
pub async fn urgent(here: &Here, actor: &Actor) -> Result<Option<i64>, Fault> {
    let Ok(moderator) = actor.must_be(Role::Moderator) else { return Ok(None) };
    let urgent = sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from (select 1
                     from profile.moderation_case known
                    where known.state in ('open', 'appealed')
                      and known.priority = 0
                      and (known.assignee is null or known.assigned_until <= $2)
                      and known.owner <> $1
                    limit 100) as waiting"#,
        moderator.uuid(),
        here.clock.now(),
    );
    Ok(Some(urgent.fetch_one(here.db.reader()).await?))
}

async fn waiting(here: &Here, moderator: Id<User>, after: Option<Place>, most: i64) -> Result<Vec<Line>, Fault> {
    let (priority, since, id) = parted(after);
    let lines = sqlx::query_as!(
        Line,
        r#"select known.case_id as id, known.thing, known.thing_id, known.state, known.priority,
                  array(select distinct reason from profile.report where report.case_id = known.case_id) as "reasons!",
                  (select count(*) from profile.report where report.case_id = known.case_id) as "reports!",
                  known.waits_since, known.exhibit as "exhibit: Json<Exhibit>"
             from profile.moderation_case known
            where known.state in ('open', 'appealed')
              and (known.priority, known.waits_since, known.case_id) > ($3, $4, $5)
              and (known.assignee is null or known.assigned_until <= $2)
              and known.owner <> $1
              and not exists (select 1 from profile.report where report.case_id = known.case_id and reporter = $1)
              and not exists (select 1 from profile.decision where decision.case_id = known.case_id and moderator = $1)
            order by known.priority, known.waits_since, known.case_id
            limit $6"#,
        moderator.uuid(),
        here.clock.now(),
        priority,
        since,
        id,
        most,
    );
    Ok(lines.fetch_all(here.db.reader()).await?)
}

async fn taken(here: &Here, moderator: Id<User>, after: Option<Place>, most: i64) -> Result<Vec<Line>, Fault> {
    let (priority, since, id) = parted(after);
    let lines = sqlx::query_as!(
        Line,
        r#"select known.case_id as id, known.thing, known.thing_id, known.state, known.priority,
                  array(select distinct reason from profile.report where report.case_id = known.case_id) as "reasons!",
                  (select count(*) from profile.report where report.case_id = known.case_id) as "reports!",
                  known.waits_since, known.exhibit as "exhibit: Json<Exhibit>"
             from profile.moderation_case known
            where known.assignee = $1
              and known.assigned_until > $2
              and (known.priority, known.waits_since, known.case_id) > ($3, $4, $5)
            order by known.priority, known.waits_since, known.case_id
            limit $6"#,
        moderator.uuid(),
        here.clock.now(),
        priority,
        since,
        id,
        most,
    );
    Ok(lines.fetch_all(here.db.reader()).await?)
}

/// Where a page begins; the first one before everything.
fn parted(after: Option<Place>) -> (i16, Timestamp, Uuid) {
    after.map_or((-1, Timestamp::from_microsecond(0), Uuid::nil()), |(priority, since, id)| (priority, since, id.uuid()))
}

fn card(line: Line) -> CaseCard {
    CaseCard {
        id: line.id,
        thing: Thing::of(line.thing, line.thing_id),
        state: line.state,
        priority: line.priority,
        reasons: line.reasons.iter().filter_map(|name| ReportReason::named(name)).collect(),
        reports: line.reports,
        waits_since: line.waits_since,
        excerpt: line.exhibit.map(|exhibit| excerpt(&exhibit)).unwrap_or_default(),
    }
}

/// What something is called, or its first line.
pub(super) fn excerpt(exhibit: &Exhibit) -> String {
    let text = if exhibit.title.is_empty() { exhibit.words.lines().next().unwrap_or_default() } else { exhibit.title.as_str() };
    let mut excerpt: String = text.chars().take(80).collect();
    if excerpt.len() < text.len() {
        excerpt.push('…');
    }
    excerpt
}
