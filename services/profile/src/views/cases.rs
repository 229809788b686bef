//! A case as moderators see it (P8).

use std::collections::HashMap;

use contracts::{
    ids,
    profile::{Card, CaseParty, Exhibit, Outcome, ReportReason, ThingKind},
};
use host::Here;
use kernel::{Actor, Fault, Id, Role, Timestamp, User};
use serde::Serialize;
use sqlx::types::{Json, Uuid};
use utoipa::ToSchema;

use super::{exhibits::as_it_is, lists::names_of};
use crate::model::{
    held::Held,
    moderation::{Case, CaseState, Decided, Deed, Thing},
};

/// How many reports of a case are shown.
const SHOWN: i64 = 50;

/// A case as a moderator decides it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseView {
    pub id: Id<ids::Case>,
    pub thing: Thing,
    /// Whose it is; `null` where their account is gone.
    #[schema(required)]
    pub owner: Option<Card>,
    pub state: CaseState,
    #[schema(example = 1)]
    pub priority: i16,
    pub opened_at: Timestamp,
    pub waits_since: Timestamp,
    /// Until when it is yours; `null` where it isn't.
    #[schema(required)]
    pub yours_until: Option<Timestamp>,
    /// Whether you could take it.
    pub can_take: bool,
    /// What it looked like when it was first reported; `null` once it was forgotten.
    #[schema(required)]
    pub exhibit: Option<Exhibit>,
    /// What it looks like now; `null` where it is gone.
    #[schema(required)]
    pub now: Option<Exhibit>,
    #[schema(example = 3)]
    pub reports: i64,
    /// The newest of them, at most 50.
    pub reported: Vec<ReportView>,
    /// The first one first.
    pub decisions: Vec<DecisionView>,
    /// How often a decision went against what is this owner's, this case aside.
    #[schema(example = 2)]
    pub earlier: i64,
    /// What was done about it, the last 200 lines.
    pub log: Vec<LogView>,
}

/// A report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportView {
    #[schema(required)]
    pub by: Option<Card>,
    pub reason: ReportReason,
    #[schema(example = "They asked me to pay outside.")]
    pub words: String,
    pub at: Timestamp,
}

/// A decision, and whoever appealed it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionView {
    #[schema(required)]
    pub by: Option<Card>,
    pub outcome: Outcome,
    #[schema(required)]
    pub reason: Option<ReportReason>,
    #[schema(example = "The dress is sold under a name that isn't yours.")]
    pub statement: String,
    pub at: Timestamp,
    #[schema(required)]
    pub appeal: Option<AppealView>,
}

/// An appeal.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppealView {
    pub party: CaseParty,
    #[schema(example = "The name is mine: I have registered it.")]
    pub words: String,
    pub at: Timestamp,
}

/// What somebody did about a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct LogView {
    #[schema(required)]
    pub by: Option<Card>,
    pub deed: Deed,
    #[schema(example = "Third time this month.")]
    pub note: String,
    pub at: Timestamp,
}

impl CaseView {
    /// Where what it is about is found.
    pub fn place(&self) -> String {
        self.thing.place()
    }

    pub fn kind(&self) -> ThingKind {
        self.thing.kind()
    }

    /// Whether nothing of it was changed since it was reported.
    pub fn is_unchanged(&self) -> bool {
        self.exhibit == self.now
    }
}

impl LogView {
    /// The key of its words.
    pub fn key(&self) -> &'static str {
        match self.deed {
            Deed::Reported => "deed-reported",
            Deed::Took => "deed-took",
            Deed::Released => "deed-released",
            Deed::Decided => "deed-decided",
            Deed::Appealed => "deed-appealed",
            Deed::DecidedAgain => "deed-decided_again",
        }
    }
}

struct Row {
    thing: ThingKind,
    thing_id: Uuid,
    owner: Id<User>,
    state: CaseState,
    priority: i16,
    opened_at: Timestamp,
    waits_since: Timestamp,
    assignee: Option<Id<User>>,
    assigned_until: Option<Timestamp>,
    exhibit: Option<Json<Exhibit>>,
    reports: i64,
    is_party: bool,
    earlier: i64,
}

/// A case; 404 for whoever is no moderator, or a party of it.
pub async fn by_id(here: &Here, actor: &Actor, id: Id<ids::Case>) -> Result<CaseView, Fault> {
    let moderator = actor.must_be(Role::Moderator)?;
    let row = load(here, moderator, id).await?.filter(|row| !row.is_party).ok_or_else(Fault::not_found)?;
    let (reports, decisions, log) = (reports_of(here, id).await?, decisions_of(here, id).await?, log_of(here, id).await?);
    let named = reports.iter().map(|one| one.0).chain(decisions.iter().map(|one| one.0)).chain(log.iter().map(|one| one.0));
    let mut named: Vec<Id<User>> = named.chain([row.owner]).collect();
    named.sort_unstable();
    named.dedup();
    let cards: HashMap<Id<User>, Card> = names_of(here, &named).await?.into_iter().map(|card| (card.id, card)).collect();
    let card = |user: Id<User>| cards.get(&user).cloned();
    let now = here.clock.now();
    let decided = decisions.iter().map(|(by, one)| Decided { moderator: *by, outcome: one.outcome, at: one.at }).collect();
    let (thing, held) = (Thing::of(row.thing, row.thing_id), Held(row.assignee.zip(row.assigned_until)));
    let case = Case { thing, owner: row.owner, state: row.state, held, decided, appealed_by: None };
    let yours_until = held.until(moderator, now);
    Ok(CaseView {
        id,
        thing,
        owner: card(row.owner),
        state: row.state,
        priority: row.priority,
        opened_at: row.opened_at,
        waits_since: row.waits_since,
        yours_until,
        can_take: yours_until.is_none() && case.may_be_taken(moderator, now).is_ok(),
        exhibit: row.exhibit.map(|exhibit| exhibit.0),
        now: as_it_is(here, thing).await?,
        reports: row.reports,
        reported: reports.into_iter().map(|(by, one)| ReportView { by: card(by), ..one }).collect(),
        decisions: decisions.into_iter().map(|(by, one)| DecisionView { by: card(by), ..one }).collect(),
        earlier: row.earlier,
        log: log.into_iter().map(|(by, one)| LogView { by: card(by), ..one }).collect(),
    })
}

async fn load(here: &Here, moderator: Id<User>, id: Id<ids::Case>) -> Result<Option<Row>, Fault> {
    let row = sqlx::query_as!(
        Row,
        r#"select thing, thing_id, owner, state, priority, opened_at, waits_since,
                  assignee, assigned_until, exhibit as "exhibit: Json<Exhibit>",
                  (select count(*) from profile.report where case_id = $1) as "reports!",
                  owner = $2 or exists (select 1 from profile.report where case_id = $1 and reporter = $2) as "is_party!",
                  (select count(*)
                     from profile.moderation_case other
                    where other.owner = known.owner
                      and other.case_id <> $1
                      and exists (select 1
                                    from profile.decision
                                   where decision.case_id = other.case_id
                                     and decision.outcome <> 'kept')) as "earlier!"
             from profile.moderation_case known
            where case_id = $1"#,
        id.uuid(),
        moderator.uuid(),
    );
    Ok(row.fetch_optional(here.db.reader()).await?)
}

async fn reports_of(here: &Here, id: Id<ids::Case>) -> Result<Vec<(Id<User>, ReportView)>, Fault> {
    let rows = sqlx::query!(
        r#"select reporter, reason, words, reported_at
             from profile.report
            where case_id = $1
            order by reported_at desc
            limit $2"#,
        id.uuid(),
        SHOWN,
    );
    let rows = rows.fetch_all(here.db.reader()).await?.into_iter();
    Ok(rows
        .map(|row| (row.reporter, ReportView { by: None, reason: row.reason, words: row.words, at: row.reported_at }))
        .collect())
}

async fn decisions_of(here: &Here, id: Id<ids::Case>) -> Result<Vec<(Id<User>, DecisionView)>, Fault> {
    let rows = sqlx::query!(
        r#"select moderator, outcome, reason, statement, decided_at,
                  appeal.party = known.owner as "is_owners?", appeal.words as "words?", appeal.appealed_at as "appealed_at?"
             from profile.decision
             join profile.moderation_case known using (case_id)
             left join profile.appeal using (case_id, round)
            where case_id = $1
            order by round"#,
        id.uuid(),
    );
    let rows = rows.fetch_all(here.db.reader()).await?.into_iter();
    let view = |party: Option<bool>, words: Option<String>, at: Option<Timestamp>| {
        let party = party.map(|is_owners| if is_owners { CaseParty::Owner } else { CaseParty::Reporter });
        party.zip(words).zip(at).map(|((party, words), at)| AppealView { party, words, at })
    };
    let decisions = rows.map(|row| {
        let appeal = view(row.is_owners, row.words, row.appealed_at);
        let (outcome, reason, statement, at) = (row.outcome, row.reason, row.statement, row.decided_at);
        (row.moderator, DecisionView { by: None, outcome, reason, statement, at, appeal })
    });
    Ok(decisions.collect())
}

/// What moderators and the parties did; reports have a list of their own.
async fn log_of(here: &Here, id: Id<ids::Case>) -> Result<Vec<(Id<User>, LogView)>, Fault> {
    let rows = sqlx::query!(
        r#"select by, deed, note, at
             from profile.moderation_log
            where case_id = $1
              and deed <> 'reported'
            order by entry desc
            limit 200"#,
        id.uuid(),
    );
    let rows = rows.fetch_all(here.db.reader()).await?.into_iter().rev();
    Ok(rows.map(|row| (row.by, LogView { by: None, deed: row.deed, note: row.note, at: row.at })).collect())
}
