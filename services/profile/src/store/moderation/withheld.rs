//! What is withheld, by what was decided last of each case about it.

use host::Tx;
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

use crate::{model::moderation::Thing, store::locks};

/// A thing as its facts tell it.
#[derive(Debug)]
pub struct Line {
    pub thing: Thing,
    pub version: i64,
    pub is_withheld: bool,
}

/// Settles whether a thing is withheld, after a decision; what changed, if anything. It is as long as the last decision of any case about
/// it says so: one that comes late about an older report gives nothing back that was withheld since.
pub async fn settle(tx: &mut Tx, thing: Thing) -> Result<Option<Line>, Fault> {
    // Two cases of one thing may be decided at once: each then sees what the other has decided.
    locks::thing(tx, thing).await?;
    let changed = sqlx::query!(
        r#"with verdict as (
               select coalesce(bool_or(last.outcome = 'withheld'), false) as is_withheld
                 from profile.moderation_case known
                cross join lateral (select outcome
                                      from profile.decision
                                     where decision.case_id = known.case_id
                                     order by round desc
                                     limit 1) last
                where known.thing = $1
                  and known.thing_id = $2
           )
           insert into profile.withheld as known (thing, thing_id, is_withheld)
           select $1, $2, is_withheld
             from verdict
            where is_withheld
               or exists (select 1 from profile.withheld where thing = $1 and thing_id = $2)
           on conflict (thing, thing_id) do update
              set is_withheld = excluded.is_withheld, version = known.version + 1
            where known.is_withheld <> excluded.is_withheld
           returning version, is_withheld"#,
        thing.kind().name(),
        thing.uuid(),
    );
    let changed = changed.fetch_optional(tx.conn()).await?;
    Ok(changed.map(|row| Line { thing, version: row.version, is_withheld: row.is_withheld }))
}

/// Whether somebody is there for themselves only.
pub async fn set_person(tx: &mut Tx, user: Id<User>, is_withheld: bool) -> Result<(), Fault> {
    sqlx::query!("update profile.profile set withheld = $2 where user_id = $1", user.uuid(), is_withheld)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The things that come after this one, a page of them.
pub async fn page_after(tx: &mut Tx, after: Option<Thing>) -> Result<Vec<Line>, Fault> {
    let (kind, id) = after.map_or(("", Uuid::nil()), |thing| (thing.kind().name(), thing.uuid()));
    let rows = sqlx::query!(
        "select thing, thing_id, version, is_withheld
           from profile.withheld
          where (thing, thing_id) > ($1, $2)
          order by thing, thing_id
          limit 500",
        kind,
        id,
    );
    let rows = rows.fetch_all(tx.conn()).await?.into_iter();
    Ok(rows
        .map(|row| Line { thing: Thing::of(row.thing, row.thing_id), version: row.version, is_withheld: row.is_withheld })
        .collect())
}
