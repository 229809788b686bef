//! The queue of petitions, as moderators look through it (P5, P6).

use contracts::{ids, profile::Card};
use host::Here;
use kernel::{Actor, Fault, Id, Page, PageQuery, Role, Timestamp, User};
use serde::{Deserialize, Serialize};
use sqlx::types::Uuid;
use utoipa::{IntoParams, ToSchema};

use super::lists::names_of;
use crate::model::petition::{About, PetitionState};

kernel::named! {
    /// Which petitions a moderator looks through.
    pub PetitionQueue {
        /// Those they could take; whoever has waited longest first.
        Waiting = "waiting",
        /// Those they have taken.
        Mine = "mine",
        /// Those that were decided, the last one first.
        Decided = "decided",
    }
}

/// Which petitions.
#[derive(Debug, Default, Deserialize, IntoParams)]
pub struct PetitionQueueQuery {
    /// `waiting` where nothing is said.
    #[param(inline, example = "waiting")]
    pub queue: Option<PetitionQueue>,
}

/// A petition in passing.
#[derive(Debug, Serialize, ToSchema)]
pub struct PetitionCard {
    pub id: Id<ids::Petition>,
    pub about: About,
    pub state: PetitionState,
    /// Who made it; `null` where their account is gone.
    #[schema(required)]
    pub user: Option<Card>,
    /// When it was submitted, or decided.
    pub at: Timestamp,
}

/// Where a petition stands in a queue.
type Place = (Timestamp, Id<ids::Petition>);

struct Line {
    id: Id<ids::Petition>,
    about: About,
    state: PetitionState,
    user_id: Id<User>,
    at: Timestamp,
}

/// A page of a moderator's queue; 404 for everybody else. What concerns them isn't in it, nor what is somebody else's to decide.
pub async fn queue(
    here: &Here,
    actor: &Actor,
    queue: &PetitionQueueQuery,
    page: &PageQuery,
) -> Result<Page<PetitionCard>, Fault> {
    let moderator = actor.must_be(Role::Moderator)?;
    let which = queue.queue.unwrap_or(PetitionQueue::Waiting);
    let (limit, key) = (page.limit()?, here.config.keys.cursors());
    let name = format!("profile.petition_queue.{}.{moderator}", which.name());
    let (after, most) = (page.after::<Place>(&key, &name)?, i64::from(limit) + 1);
    let lines = match which {
        PetitionQueue::Waiting => waiting(here, moderator, after, most).await?,
        PetitionQueue::Mine => taken(here, moderator, after, most).await?,
        PetitionQueue::Decided => decided(here, moderator, after, most).await?,
    };
    let page = Page::cut(lines, limit, &key, &name, |line| (line.at, line.id))?;
    let mut users: Vec<Id<User>> = page.items.iter().map(|line| line.user_id).collect();
    users.sort_unstable();
    users.dedup();
    let cards = names_of(here, &users).await?;
    Ok(page.map(|line| PetitionCard {
        id: line.id,
        about: line.about,
        state: line.state,
        user: cards.iter().find(|card| card.id == line.user_id).cloned(),
        at: line.at,
    }))
}

async fn waiting(here: &Here, moderator: Id<User>, after: Option<Place>, most: i64) -> Result<Vec<Line>, Fault> {
    let (since, id) = parted(after);
    let lines = sqlx::query_as!(
        Line,
        r#"select known.petition_id as id, known.about, known.state, known.user_id, known.submitted_at as at
             from profile.petition known
            where known.state = 'submitted'
              and (known.submitted_at, known.petition_id) > ($3, $4)
              and (known.assignee is null or known.assigned_until <= $2)
              and known.user_id <> $1
              and not exists (select 1
                                from profile.questioned_deal
                                join profile.deal using (order_id)
                               where questioned_deal.petition_id = known.petition_id
                                 and deal.buyer = $1)
              and $1 is distinct from (select case when last.state in ('rejected', 'revoked') then last.moderator end
                                         from profile.petition last
                                        where last.user_id = known.user_id
                                          and last.about = known.about
                                          and last.petition_id < known.petition_id
                                          and last.decided_at is not null
                                        order by last.petition_id desc
                                        limit 1)
            order by known.submitted_at, known.petition_id
            limit $5"#,
        moderator.uuid(),
        here.clock.now(),
        since,
        id,
        most,
    );
    Ok(lines.fetch_all(here.db.reader()).await?)
}

async fn taken(here: &Here, moderator: Id<User>, after: Option<Place>, most: i64) -> Result<Vec<Line>, Fault> {
    let (since, id) = parted(after);
    let lines = sqlx::query_as!(
        Line,
        "select petition_id as id, about, state, user_id, submitted_at as at
           from profile.petition
          where assignee = $1
            and assigned_until > $2
            and (submitted_at, petition_id) > ($3, $4)
          order by submitted_at, petition_id
          limit $5",
        moderator.uuid(),
        here.clock.now(),
        since,
        id,
        most,
    );
    Ok(lines.fetch_all(here.db.reader()).await?)
}

async fn decided(here: &Here, moderator: Id<User>, after: Option<Place>, most: i64) -> Result<Vec<Line>, Fault> {
    let (before, id) = after.unzip();
    let lines = sqlx::query_as!(
        Line,
        r#"select petition_id as id, about, state, user_id, decided_at as "at!"
             from profile.petition
            where decided_at is not null
              and (decided_at, petition_id)
                  < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
              and user_id <> $1
              and not exists (select 1
                                from profile.questioned_deal
                                join profile.deal using (order_id)
                               where questioned_deal.petition_id = petition.petition_id
                                 and deal.buyer = $1)
            order by decided_at desc, petition_id desc
            limit $4"#,
        moderator.uuid(),
        before,
        id.map(Id::uuid),
        most,
    );
    Ok(lines.fetch_all(here.db.reader()).await?)
}

/// Where a page begins; the first one before everything.
fn parted(after: Option<Place>) -> (Timestamp, Uuid) {
    after.map_or((Timestamp::from_microsecond(0), Uuid::nil()), |(since, id)| (since, id.uuid()))
}
