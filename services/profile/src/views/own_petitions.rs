//! What somebody has asked moderators about themselves, and what came of it (P5, P6).

use contracts::{
    ids::{self, Order},
    profile::{Badge, PetitionReason},
};
use host::Here;
use kernel::{Currency, Fault, Id, Money, Page, PageQuery, Timestamp, User};
use serde::Serialize;
use sqlx::types::Uuid;
use utoipa::ToSchema;

use crate::model::{
    petition::{About, PetitionState},
    trust::Ending,
};

/// Something I asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnPetition {
    pub id: Id<ids::Petition>,
    pub about: About,
    pub state: PetitionState,
    /// The name I gave; empty once it was forgotten, as the words are.
    #[schema(example = "Amina Juma Mushi")]
    pub name: String,
    #[schema(example = "Both sides of my card, and me.")]
    pub words: String,
    pub submitted_at: Timestamp,
    /// How many documents of it are kept.
    #[schema(example = 2)]
    pub documents: i64,
    /// Until when they are; `null` as long as nothing is decided.
    #[schema(required)]
    pub documents_until: Option<Timestamp>,
    /// What was decided; `null` until it is.
    #[schema(required)]
    pub decided: Option<PetitionDecision>,
    /// The name a badge is for: under another one it isn't shown.
    #[schema(required, example = "Amina Juma")]
    pub shown_as: Option<String>,
    /// The deals it is about.
    #[schema(example = json!([]))]
    pub deals: Vec<Id<Order>>,
    /// How many of them don't count any more.
    #[schema(example = 0)]
    pub struck: i64,
}

/// What a moderator decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct PetitionDecision {
    /// Why it was refused; `null` where it was approved.
    #[schema(required)]
    pub reason: Option<PetitionReason>,
    /// What the moderator says.
    #[schema(example = "The number can't be read.")]
    pub statement: String,
    pub at: Timestamp,
}

impl OwnPetition {
    /// Whether it can be taken back.
    pub fn waits(&self) -> bool {
        self.state == PetitionState::Submitted
    }
}

impl QuestionableDeal {
    /// The key of its words.
    pub fn key(&self) -> &'static str {
        deal(self.kind)
    }
}

/// How a deal that counts against somebody ended, by the key of its words.
pub(super) fn deal(kind: Ending) -> &'static str {
    match kind {
        Ending::Failed => "deal-failed",
        Ending::Late | Ending::InTime => "deal-late",
    }
}

/// How far somebody is verified.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerificationView {
    /// What others see beside my name.
    #[schema(required)]
    pub badge: Option<Badge>,
    /// Where each badge stands.
    pub badges: Vec<BadgeLine>,
}

kernel::named! {
    /// How far somebody is with a badge.
    pub BadgeState {
        None = "none",
        Submitted = "submitted",
        Approved = "approved",
        Rejected = "rejected",
        Revoked = "revoked",
    }
}

impl BadgeState {
    /// The key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Self::None => "badge-none",
            Self::Submitted => "petition-submitted",
            Self::Approved => "petition-approved",
            Self::Rejected => "petition-rejected",
            Self::Revoked => "petition-revoked",
        }
    }
}

/// A badge, and how far I am with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct BadgeLine {
    pub badge: Badge,
    pub state: BadgeState,
    /// Whether it was approved for the name I have now, and could be shown beside it.
    pub shown: bool,
    /// What I asked last, unless I took it back.
    #[schema(required)]
    pub petition: Option<OwnPetition>,
}

/// A deal that counts against somebody, or did.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuestionableDeal {
    pub order: Id<Order>,
    pub kind: Ending,
    pub value: Money,
    pub ended_at: Timestamp,
    /// Where I asked moderators to look at it, unless they refused.
    #[schema(required)]
    pub petition: Option<Id<ids::Petition>>,
    /// Whether it doesn't count any more.
    pub struck: bool,
}

struct Row {
    id: Id<ids::Petition>,
    about: About,
    state: PetitionState,
    name: String,
    words: String,
    submitted_at: Timestamp,
    documents: i64,
    until: Option<Timestamp>,
    reason: Option<PetitionReason>,
    statement: String,
    decided_at: Option<Timestamp>,
    shown_as: Option<String>,
    deals: Vec<Uuid>,
    struck: i64,
}

impl From<Row> for OwnPetition {
    fn from(row: Row) -> Self {
        let (reason, statement) = (row.reason, row.statement);
        Self {
            id: row.id,
            about: row.about,
            state: row.state,
            name: row.name,
            words: row.words,
            submitted_at: row.submitted_at,
            documents: row.documents,
            documents_until: row.until.filter(|_| row.documents > 0),
            decided: row.decided_at.map(|at| PetitionDecision { reason, statement, at }),
            shown_as: row.shown_as.filter(|_| row.state == PetitionState::Approved),
            deals: row.deals.into_iter().map(Id::from_uuid).collect(),
            struck: row.struck,
        }
    }
}

/// Everything somebody asked, the newest first.
pub async fn list(here: &Here, user: Id<User>, query: &PageQuery) -> Result<Page<OwnPetition>, Fault> {
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("profile.petitions.{user}"));
    let after = query.after::<Id<ids::Petition>>(&key, &name)?;
    let found = sqlx::query_scalar!(
        "select petition_id
           from profile.petition
          where user_id = $1
            and petition_id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
          order by petition_id desc
          limit $3",
        user.uuid(),
        after.map(Id::uuid),
        i64::from(limit) + 1,
    );
    let page = Page::cut(found.fetch_all(here.db.reader()).await?, limit, &key, &name, |id| *id)?;
    Ok(Page { items: load(here, user, &page.items).await?, next_cursor: page.next_cursor })
}

/// One of somebody's; 404 where it is none.
pub async fn by_id(here: &Here, user: Id<User>, id: Id<ids::Petition>) -> Result<OwnPetition, Fault> {
    load(here, user, &[id]).await?.pop().ok_or_else(Fault::not_found)
}

/// How far somebody is verified.
pub async fn verification(here: &Here, user: Id<User>) -> Result<VerificationView, Fault> {
    let own =
        sqlx::query!(r#"select badge as "badge: Badge", display_name from profile.profile where user_id = $1"#, user.uuid());
    let own = own.fetch_optional(here.db.reader()).await?.ok_or_else(Fault::not_found)?;
    let last = sqlx::query_scalar!(
        r#"select last.petition_id as "petition_id!: Id<ids::Petition>"
             from unnest(array['person', 'business', 'official']) as asked (about)
            cross join lateral (select petition_id
                                  from profile.petition
                                 where user_id = $1
                                   and petition.about = asked.about
                                   and state <> 'withdrawn'
                                 order by petition_id desc
                                 limit 1) last"#,
        user.uuid(),
    );
    let last = last.fetch_all(here.db.reader()).await?;
    let mut petitions = load(here, user, &last).await?;
    let line = |badge: &Badge| {
        let at = petitions.iter().position(|one| one.about == About::from(*badge));
        let petition = at.map(|at| petitions.swap_remove(at));
        let state = petition.as_ref().map_or(BadgeState::None, |one| standing(one.state));
        let shown = petition.as_ref().is_some_and(|one| one.shown_as.as_ref() == Some(&own.display_name));
        BadgeLine { badge: *badge, state, shown, petition }
    };
    Ok(VerificationView { badge: own.badge, badges: Badge::ALL.iter().map(line).collect() })
}

fn standing(state: PetitionState) -> BadgeState {
    match state {
        PetitionState::Submitted => BadgeState::Submitted,
        PetitionState::Approved => BadgeState::Approved,
        PetitionState::Rejected => BadgeState::Rejected,
        PetitionState::Revoked => BadgeState::Revoked,
        PetitionState::Withdrawn => BadgeState::None,
    }
}

/// Where a deal stands in its list.
type Place = (Timestamp, Id<Order>);

/// The deals that count against somebody, the last one first.
pub async fn deals(here: &Here, user: Id<User>, query: &PageQuery) -> Result<Page<QuestionableDeal>, Fault> {
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("profile.deals.{user}"));
    let (ended_at, order) = query.after::<Place>(&key, &name)?.unzip();
    let rows = sqlx::query!(
        r#"select deal.order_id, deal.kind, deal.value, deal.ended_at, known.petition_id as "petition?: Id<ids::Petition>",
                  coalesce(known.struck, false) as "struck!"
             from profile.deal
             left join profile.questioned_deal known on known.order_id = deal.order_id and known.stands
            where deal.seller = $1
              and deal.kind <> 'in_time'
              and (deal.ended_at, deal.order_id)
                  < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            order by deal.ended_at desc, deal.order_id desc
            limit $4"#,
        user.uuid(),
        ended_at,
        order.map(Id::uuid),
        i64::from(limit) + 1,
    );
    let deals = rows.fetch_all(here.db.reader()).await?.into_iter().map(|row| QuestionableDeal {
        order: row.order_id,
        kind: row.kind,
        value: Money::new(row.value, Currency::TZS),
        ended_at: row.ended_at,
        petition: row.petition,
        struck: row.struck,
    });
    Page::cut(deals.collect(), limit, &key, &name, |deal| (deal.ended_at, deal.order))
}

/// Those of these that are somebody's, in the order asked.
async fn load(here: &Here, user: Id<User>, petitions: &[Id<ids::Petition>]) -> Result<Vec<OwnPetition>, Fault> {
    let petitions: Vec<Uuid> = petitions.iter().map(|petition| petition.uuid()).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select known.petition_id as id, known.about, known.state,
                  case when coalesce(known.forget_at > $3, true) then known.name else '' end as "name!",
                  case when coalesce(known.forget_at > $3, true) then known.words else '' end as "words!",
                  known.submitted_at,
                  (select count(*)
                     from profile.document
                    where document.petition_id = known.petition_id
                      and coalesce(document.remove_at > $3, true)) as "documents!",
                  (select min(document.remove_at)
                     from profile.document
                    where document.petition_id = known.petition_id) as until,
                  known.reason,
                  case when coalesce(known.forget_at > $3, true) then known.statement else '' end as "statement!",
                  known.decided_at, known.shown_as,
                  array(select order_id
                          from profile.questioned_deal
                         where questioned_deal.petition_id = known.petition_id
                         order by order_id) as "deals!",
                  (select count(*)
                     from profile.questioned_deal
                    where questioned_deal.petition_id = known.petition_id
                      and struck) as "struck!"
             from unnest($2::uuid[]) with ordinality as asked (petition_id, place)
             join profile.petition known on known.petition_id = asked.petition_id
            where known.user_id = $1
            order by asked.place"#,
        user.uuid(),
        &petitions,
        here.clock.now(),
    );
    Ok(rows.fetch_all(here.db.reader()).await?.into_iter().map(OwnPetition::from).collect())
}
