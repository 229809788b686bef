//! A petition as moderators see it (P5, P6).

use std::collections::HashMap;

use contracts::{
    ids::{self, Order},
    profile::{Card, PetitionReason},
};
use host::Here;
use kernel::{Actor, Currency, Fault, Id, Money, Role, Timestamp, User};
use serde::Serialize;
use utoipa::ToSchema;

use super::{lists::names_of, own_petitions::deal};
use crate::model::{
    held::Held,
    petition::{About, DocumentFormat, Petition, PetitionDeed, PetitionState},
    trust::Ending,
};

/// A petition as a moderator decides it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PetitionView {
    pub id: Id<ids::Petition>,
    pub about: About,
    pub state: PetitionState,
    /// Who made it, under the name they have now; `null` where their account is gone.
    #[schema(required)]
    pub user: Option<Card>,
    /// The name the documents have; empty once it was forgotten, as the words are.
    #[schema(example = "Amina Juma Mushi")]
    pub name: String,
    #[schema(example = "Both sides of my card, and me.")]
    pub words: String,
    pub submitted_at: Timestamp,
    /// Until when it is yours; `null` where it isn't.
    #[schema(required)]
    pub yours_until: Option<Timestamp>,
    /// Whether you could take it.
    pub can_take: bool,
    /// Those that are kept. What they show is opened by whoever has taken the petition.
    pub documents: Vec<DocumentView>,
    /// The deals it is about.
    pub deals: Vec<DealView>,
    /// What was decided last; `null` until it is.
    #[schema(required)]
    pub decided: Option<RulingView>,
    /// What else they have asked, the newest first, at most 10.
    pub earlier: Vec<EarlierView>,
    /// What was done about it, the last 200 lines.
    pub log: Vec<PetitionLogView>,
}

/// A document, not what it shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentView {
    /// 1 to 4.
    #[schema(example = 1)]
    pub place: i16,
    pub format: DocumentFormat,
    #[schema(example = 812_345)]
    pub bytes: i32,
}

/// A deal that is asked about.
#[derive(Debug, Serialize, ToSchema)]
pub struct DealView {
    pub order: Id<Order>,
    pub kind: Ending,
    pub value: Money,
    pub ended_at: Timestamp,
    #[schema(required)]
    pub buyer: Option<Card>,
    /// Whether it doesn't count any more.
    pub struck: bool,
}

/// A decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct RulingView {
    #[schema(required)]
    pub by: Option<Card>,
    /// Why it was refused; `null` where it was approved.
    #[schema(required)]
    pub reason: Option<PetitionReason>,
    #[schema(example = "The number can't be read.")]
    pub statement: String,
    pub at: Timestamp,
    /// The name a badge is for.
    #[schema(required, example = "Amina Juma")]
    pub shown_as: Option<String>,
}

/// Something else the same person asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct EarlierView {
    pub id: Id<ids::Petition>,
    pub about: About,
    pub state: PetitionState,
    pub at: Timestamp,
}

/// A line of what was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct PetitionLogView {
    #[schema(required)]
    pub by: Option<Card>,
    pub deed: PetitionDeed,
    /// Of which document.
    #[schema(required, example = 1)]
    pub place: Option<i16>,
    #[schema(example = "Compare the name with the profile's.")]
    pub note: String,
    pub at: Timestamp,
}

impl PetitionView {
    /// Whether what was granted can be taken back.
    pub fn can_revoke(&self) -> bool {
        self.state == PetitionState::Approved
    }

    /// The name they have now.
    pub fn called(&self) -> &str {
        self.user.as_ref().map_or("", |card| card.display_name.as_str())
    }
}

impl DealView {
    /// The key of its words.
    pub fn key(&self) -> &'static str {
        deal(self.kind)
    }
}

impl PetitionLogView {
    /// The key of its words.
    pub fn key(&self) -> &'static str {
        match self.deed {
            PetitionDeed::Submitted => "petition-deed-submitted",
            PetitionDeed::Withdrew => "petition-deed-withdrew",
            PetitionDeed::Took => "deed-took",
            PetitionDeed::Released => "deed-released",
            PetitionDeed::Opened => "petition-deed-opened",
            PetitionDeed::Approved => "petition-approved",
            PetitionDeed::Rejected => "petition-rejected",
            PetitionDeed::Revoked => "petition-revoked",
        }
    }
}

struct Row {
    user_id: Id<User>,
    about: About,
    state: PetitionState,
    name: String,
    words: String,
    submitted_at: Timestamp,
    assignee: Option<Id<User>>,
    assigned_until: Option<Timestamp>,
    moderator: Option<Id<User>>,
    reason: Option<PetitionReason>,
    statement: String,
    decided_at: Option<Timestamp>,
    shown_as: Option<String>,
    refused_by: Option<Id<User>>,
    is_party: bool,
}

/// A petition; 404 for whoever is no moderator, or a party of it.
pub async fn by_id(here: &Here, actor: &Actor, id: Id<ids::Petition>) -> Result<PetitionView, Fault> {
    let (moderator, now) = (actor.must_be(Role::Moderator)?, here.clock.now());
    let row = load(here, moderator, id).await?.filter(|row| !row.is_party).ok_or_else(Fault::not_found)?;
    let (deals, log, earlier) =
        (deals_of(here, id).await?, log_of(here, id).await?, earlier_of(here, moderator, row.user_id, id).await?);
    let named = deals.iter().map(|one| one.0).chain(log.iter().map(|one| one.0)).chain([row.user_id]).chain(row.moderator);
    let mut named: Vec<Id<User>> = named.collect();
    named.sort_unstable();
    named.dedup();
    let cards: HashMap<Id<User>, Card> = names_of(here, &named).await?.into_iter().map(|card| (card.id, card)).collect();
    let card = |user: Id<User>| cards.get(&user).cloned();
    let held = Held(row.assignee.zip(row.assigned_until));
    let petition = Petition { user: row.user_id, about: row.about, state: row.state, held, refused_by: row.refused_by };
    let yours_until = held.until(moderator, now);
    let (by, reason, statement, shown_as) = (row.moderator.and_then(card), row.reason, row.statement, row.shown_as);
    Ok(PetitionView {
        id,
        about: row.about,
        state: row.state,
        user: card(row.user_id),
        name: row.name,
        words: row.words,
        submitted_at: row.submitted_at,
        yours_until,
        can_take: yours_until.is_none() && petition.may_be_taken(moderator, now).is_ok(),
        documents: documents_of(here, id).await?,
        deals: deals.into_iter().map(|(buyer, one)| DealView { buyer: card(buyer), ..one }).collect(),
        decided: row.decided_at.map(|at| RulingView { by, reason, statement, at, shown_as }),
        earlier,
        log: log.into_iter().map(|(by, one)| PetitionLogView { by: card(by), ..one }).collect(),
    })
}

async fn load(here: &Here, moderator: Id<User>, id: Id<ids::Petition>) -> Result<Option<Row>, Fault> {
    let row = sqlx::query_as!(
        Row,
        r#"select user_id, about, state, submitted_at, assignee, assigned_until, moderator, reason, decided_at, shown_as,
                  case when coalesce(forget_at > $3, true) then name else '' end as "name!",
                  case when coalesce(forget_at > $3, true) then words else '' end as "words!",
                  case when coalesce(forget_at > $3, true) then statement else '' end as "statement!",
                  (select case when last.state in ('rejected', 'revoked') then last.moderator end
                     from profile.petition last
                    where last.user_id = known.user_id
                      and last.about = known.about
                      and last.petition_id < known.petition_id
                      and last.decided_at is not null
                    order by last.petition_id desc
                    limit 1) as "refused_by: Id<User>",
                  user_id = $2 or exists (select 1
                                            from profile.questioned_deal
                                            join profile.deal using (order_id)
                                           where questioned_deal.petition_id = $1
                                             and deal.buyer = $2) as "is_party!"
             from profile.petition known
            where petition_id = $1"#,
        id.uuid(),
        moderator.uuid(),
        here.clock.now(),
    );
    Ok(row.fetch_optional(here.db.reader()).await?)
}

async fn documents_of(here: &Here, id: Id<ids::Petition>) -> Result<Vec<DocumentView>, Fault> {
    let documents = sqlx::query_as!(
        DocumentView,
        "select place, format, bytes
           from profile.document
          where petition_id = $1
            and coalesce(remove_at > $2, true)
          order by place",
        id.uuid(),
        here.clock.now(),
    );
    Ok(documents.fetch_all(here.db.reader()).await?)
}

async fn deals_of(here: &Here, id: Id<ids::Petition>) -> Result<Vec<(Id<User>, DealView)>, Fault> {
    let rows = sqlx::query!(
        "select order_id, kind, value, ended_at, buyer, struck
           from profile.questioned_deal
           join profile.deal using (order_id)
          where petition_id = $1
          order by ended_at desc, order_id",
        id.uuid(),
    );
    let rows = rows.fetch_all(here.db.reader()).await?.into_iter();
    Ok(rows
        .map(|row| {
            let value = Money::new(row.value, Currency::TZS);
            let (order, kind, ended_at, struck) = (row.order_id, row.kind, row.ended_at, row.struck);
            (row.buyer, DealView { order, kind, value, ended_at, buyer: None, struck })
        })
        .collect())
}

async fn earlier_of(here: &Here, moderator: Id<User>, user: Id<User>, id: Id<ids::Petition>) -> Result<Vec<EarlierView>, Fault> {
    let earlier = sqlx::query_as!(
        EarlierView,
        r#"select petition_id as id, about, state, coalesce(decided_at, submitted_at) as "at!"
             from profile.petition
            where user_id = $1
              and petition_id <> $2
              and not exists (select 1
                                from profile.questioned_deal
                                join profile.deal using (order_id)
                               where questioned_deal.petition_id = petition.petition_id
                                 and deal.buyer = $3)
            order by petition_id desc
            limit 10"#,
        user.uuid(),
        id.uuid(),
        moderator.uuid(),
    );
    Ok(earlier.fetch_all(here.db.reader()).await?)
}

async fn log_of(here: &Here, id: Id<ids::Petition>) -> Result<Vec<(Id<User>, PetitionLogView)>, Fault> {
    let rows = sqlx::query!(
        "select by, deed, place, note, at
           from profile.petition_log
          where petition_id = $1
          order by entry desc
          limit 200",
        id.uuid(),
    );
    let rows = rows.fetch_all(here.db.reader()).await?.into_iter().rev();
    let line = |deed, place, note, at| PetitionLogView { by: None, deed, place, note, at };
    Ok(rows.map(|row| (row.by, line(row.deed, row.place, row.note, row.at))).collect())
}
