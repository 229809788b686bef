//! The petitions and what was decided of them.

use contracts::ids;
use host::{Constraint, Tx};
use kernel::{Fault, Id, Timestamp, User};

use crate::{
    fault::PetitionRefusal,
    model::{
        held::Held,
        petition::{About, KEPT_FOR, NewPetition, Petition, PetitionState, Ruling},
    },
};

pub async fn insert(tx: &mut Tx, id: Id<ids::Petition>, petition: &NewPetition<'_>) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into profile.petition (petition_id, user_id, about, name, words, submitted_at)
         values ($1, $2, $3, $4, $5, $6)",
        id.uuid(),
        petition.user.uuid(),
        petition.about.name(),
        petition.name,
        petition.words,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("petition_open", PetitionRefusal::PetitionWaits)?;
    Ok(())
}

/// What somebody has asked about one thing lately.
#[derive(Debug)]
pub struct Made {
    pub count: i64,
    /// When the first of these was.
    pub first: Option<Timestamp>,
    /// Whether one waits, however old it is.
    pub waits: bool,
}

/// What somebody has asked about this since then.
pub async fn since(tx: &mut Tx, user: Id<User>, about: About, then: Timestamp) -> Result<Made, Fault> {
    let made = sqlx::query_as!(
        Made,
        r#"select count(*) filter (where submitted_at > $3) as "count!",
                  min(submitted_at) filter (where submitted_at > $3) as first,
                  coalesce(bool_or(state = 'submitted'), false) as "waits!"
             from profile.petition
            where user_id = $1
              and about = $2
              and (submitted_at > $3 or state = 'submitted')"#,
        user.uuid(),
        about.name(),
        then,
    );
    Ok(made.fetch_one(tx.conn()).await?)
}

/// Locks a petition, if there is one.
pub async fn lock(tx: &mut Tx, id: Id<ids::Petition>) -> Result<Option<Petition>, Fault> {
    let row = sqlx::query!(
        r#"select user_id, about, state, assignee, assigned_until,
                  (select case when last.state in ('rejected', 'revoked') then last.moderator end
                     from profile.petition last
                    where last.user_id = petition.user_id
                      and last.about = petition.about
                      and last.petition_id < petition.petition_id
                      and last.decided_at is not null
                    order by last.petition_id desc
                    limit 1) as "refused_by: Id<User>"
             from profile.petition
            where petition_id = $1
              for update"#,
        id.uuid(),
    );
    let row = row.fetch_optional(tx.conn()).await?;
    Ok(row.map(|row| Petition {
        user: row.user_id,
        about: row.about,
        state: row.state,
        held: Held(row.assignee.zip(row.assigned_until)),
        refused_by: row.refused_by,
    }))
}

/// Gives it to a moderator until then.
pub async fn assign(tx: &mut Tx, id: Id<ids::Petition>, moderator: Id<User>, until: Timestamp) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.petition
            set assignee = $2, assigned_until = $3
          where petition_id = $1",
        id.uuid(),
        moderator.uuid(),
        until,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes it from the moderator who has it.
pub async fn release(tx: &mut Tx, id: Id<ids::Petition>) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.petition
            set assignee = null, assigned_until = null
          where petition_id = $1",
        id.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes it down; the petition's new version. What is said is kept for as long from now on, and what was forgotten stays so.
pub async fn decide(tx: &mut Tx, id: Id<ids::Petition>, state: PetitionState, ruling: &Ruling<'_>) -> Result<i64, Fault> {
    let now = tx.now();
    sqlx::query_scalar!(
        "update profile.petition
            set state = $2, moderator = $3, decided_at = $4, reason = $5, statement = $6, shown_as = coalesce($7, shown_as),
                name = case when forget_at <= $4 then '' else name end, words = case when forget_at <= $4 then '' else words end,
                forget_at = $8, forgotten = false, assignee = null, assigned_until = null, version = version + 1
          where petition_id = $1
         returning version",
        id.uuid(),
        state.name(),
        ruling.moderator.uuid(),
        now,
        ruling.reason_name(),
        ruling.statement,
        ruling.shown_as,
        now.plus(KEPT_FOR),
    )
    .fetch_one(tx.conn())
    .await
    .on_constraint("petition_badge", PetitionRefusal::BadgeHeld)
}

/// Ends an approved one about the same, since another one takes its place.
pub async fn replace(tx: &mut Tx, user: Id<User>, about: About, state: PetitionState) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.petition
            set state = $3, version = version + 1
          where user_id = $1
            and about = $2
            and state = 'approved'",
        user.uuid(),
        about.name(),
        state.name(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Ends it by the will of whoever made it, and forgets what was said.
pub async fn withdraw(tx: &mut Tx, id: Id<ids::Petition>, state: PetitionState) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "update profile.petition
            set state = $2, name = '', words = '', forget_at = $3, forgotten = true, assignee = null, assigned_until = null, version = version + 1
          where petition_id = $1",
        id.uuid(),
        state.name(),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes what is a person's alone out of their petitions, and ends those that wait.
pub async fn erase(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "update profile.petition
            set state = case when state = 'submitted' then 'withdrawn' else state end,
                assignee = null, assigned_until = null,
                name = '', words = '', statement = '', shown_as = case when shown_as is not null then '' end,
                forget_at = least(forget_at, $2), forgotten = true, version = version + 1
          where user_id = $1",
        user.uuid(),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Forgets what was said in those whose time has come; a batch of them.
pub async fn forget(tx: &mut Tx) -> Result<u64, Fault> {
    let now = tx.now();
    let forgotten = sqlx::query!(
        "update profile.petition
            set name = '', words = '', statement = '', forgotten = true
          where petition_id = any (array(select petition_id
                                           from profile.petition
                                          where not forgotten
                                            and forget_at <= $1
                                          limit 200
                                            for update skip locked))",
        now,
    );
    Ok(forgotten.execute(tx.conn()).await?.rows_affected())
}
