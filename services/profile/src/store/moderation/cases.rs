//! The cases and what was decided of them.

use contracts::ids;
use host::{Constraint, Tx};
use kernel::{Fault, Id, Timestamp, User};
use serde_json::Value;

use crate::{
    fault::CaseRefusal,
    model::{
        held::Held,
        moderation::{Case, CaseState, Decided, Thing, Verdict},
    },
};

/// A thing that is reported.
#[derive(Debug)]
pub struct Reported<'a> {
    pub thing: Thing,
    pub owner: Id<User>,
    pub priority: i16,
    pub exhibit: &'a Value,
}

/// The open case of this thing: the one there is, as it is, or this new one. It is held until the transaction ends, so nobody reports into
/// a case that is decided meanwhile.
pub async fn open(tx: &mut Tx, id: Id<ids::Case>, reported: &Reported<'_>) -> Result<Id<ids::Case>, Fault> {
    let now = tx.now();
    let opened = sqlx::query_scalar!(
        r#"insert into profile.moderation_case as known (case_id, thing, thing_id, owner, priority, exhibit, opened_at, waits_since)
           values ($1, $2, $3, $4, $5, $6, $7, $7)
           on conflict (thing, thing_id) where state = 'open' do update
              set version = known.version
           returning case_id"#,
        id.uuid(),
        reported.thing.kind().name(),
        reported.thing.uuid(),
        reported.owner.uuid(),
        reported.priority,
        reported.exhibit,
        now,
    );
    Ok(opened.fetch_one(tx.conn()).await?)
}

/// Somebody else has reported it. A moderator who does is a party from now on, and works at it no more.
pub async fn join(tx: &mut Tx, id: Id<ids::Case>, reporter: Id<User>, priority: i16) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.moderation_case
            set priority = least(priority, $3),
                version = version + 1,
                assignee = nullif(assignee, $2),
                assigned_until = case when assignee <> $2 then assigned_until end
          where case_id = $1",
        id.uuid(),
        reporter.uuid(),
        priority,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Locks a case, if there is one.
pub async fn lock(tx: &mut Tx, id: Id<ids::Case>) -> Result<Option<Case>, Fault> {
    let row = sqlx::query!(
        "select thing, thing_id, owner, state, assignee, assigned_until
           from profile.moderation_case
          where case_id = $1
            for update",
        id.uuid(),
    );
    let Some(row) = row.fetch_optional(tx.conn()).await? else { return Ok(None) };
    // Read once the case is held: a statement sees what was there when it began.
    let rows = sqlx::query!(
        r#"select moderator, outcome, decided_at, party as "party?"
             from profile.decision
             left join profile.appeal using (case_id, round)
            where decision.case_id = $1
            order by round"#,
        id.uuid(),
    );
    let rows = rows.fetch_all(tx.conn()).await?;
    let appealed_by = rows.last().and_then(|last| last.party);
    let decided = rows.into_iter().map(|row| Decided { moderator: row.moderator, outcome: row.outcome, at: row.decided_at });
    Ok(Some(Case {
        thing: Thing::of(row.thing, row.thing_id),
        owner: row.owner,
        state: row.state,
        held: Held(row.assignee.zip(row.assigned_until)),
        decided: decided.collect(),
        appealed_by,
    }))
}

/// Gives a case to a moderator until then.
pub async fn assign(tx: &mut Tx, id: Id<ids::Case>, moderator: Id<User>, until: Timestamp) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.moderation_case
            set assignee = $2, assigned_until = $3
          where case_id = $1",
        id.uuid(),
        moderator.uuid(),
        until,
    )
    .execute(tx.conn())
    .await
    .on_constraint("case_is_not_ones_own", CaseRefusal::CaseOwn)?;
    Ok(())
}

/// Takes it from the moderator who has it.
pub async fn release(tx: &mut Tx, id: Id<ids::Case>) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.moderation_case
            set assignee = null, assigned_until = null
          where case_id = $1",
        id.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes it down, and leaves the case in this state; the case's new version.
pub async fn decide(tx: &mut Tx, id: Id<ids::Case>, state: CaseState, decision: &Verdict<'_>) -> Result<i64, Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into profile.decision (case_id, round, moderator, outcome, reason, statement, decided_at)
         select $1, (select count(*) from profile.decision where case_id = $1) + 1, $2, $3, $4, $5, $6",
        id.uuid(),
        decision.moderator.uuid(),
        decision.outcome.name(),
        decision.rule(),
        decision.statement,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("decision_by_another", CaseRefusal::CaseOwn)?;
    let version = sqlx::query_scalar!(
        "update profile.moderation_case
            set state = $2, assignee = null, assigned_until = null, version = version + 1
          where case_id = $1
         returning version",
        id.uuid(),
        state.name(),
    );
    Ok(version.fetch_one(tx.conn()).await?)
}

/// Leaves it to another moderator.
pub async fn appeal(tx: &mut Tx, id: Id<ids::Case>, state: CaseState, party: Id<User>, words: &str) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "with appealed as (
             insert into profile.appeal (case_id, round, party, words, appealed_at)
             select $1, max(round), $3, $4, $5
               from profile.decision
              where case_id = $1
         )
         update profile.moderation_case
            set state = $2, waits_since = $5, version = version + 1
          where case_id = $1",
        id.uuid(),
        state.name(),
        party.uuid(),
        words,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes what is a person's alone out of the cases about them and of those they appealed.
pub async fn erase(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!("update profile.moderation_case set exhibit = null where owner = $1 and exhibit is not null", user.uuid())
        .execute(tx.conn())
        .await?;
    sqlx::query!("update profile.appeal set words = '' where party = $1 and words <> ''", user.uuid()).execute(tx.conn()).await?;
    Ok(())
}

/// Blanks what was shown of things, and what was said about them, in cases that were opened before this and that nobody can appeal any
/// more; a batch of them.
pub async fn blank(tx: &mut Tx, opened_before: Timestamp, decided_before: Timestamp) -> Result<i64, Fault> {
    let now = tx.now();
    let blanked = sqlx::query_scalar!(
        r#"with old as (
               update profile.moderation_case
                  set exhibit = null, blanked_at = $3
                where ctid = any (array(select known.ctid
                                          from profile.moderation_case known
                                         where blanked_at is null
                                           and opened_at < $1
                                           and (state = 'closed'
                                                or state = 'decided' and not exists (select 1
                                                                                       from profile.decision
                                                                                      where decision.case_id = known.case_id
                                                                                        and decided_at >= $2))
                                         limit 200
                                           for update skip locked))
               returning case_id
           ), reported as (
               update profile.report
                  set words = ''
                where case_id = any (array(select case_id from old))
                  and words <> ''
           ), appealed as (
               update profile.appeal
                  set words = ''
                where case_id = any (array(select case_id from old))
                  and words <> ''
           )
           select count(*) as "count!"
             from old"#,
        opened_before,
        decided_before,
        now,
    );
    Ok(blanked.fetch_one(tx.conn()).await?)
}
