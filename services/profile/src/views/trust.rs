//! How far a seller can be trusted, and what that is made of.

use host::Here;
use kernel::{Currency, Fault, Id, Money, Timestamp, User};
use serde::Serialize;
use sqlx::types::Json;
use utoipa::ToSchema;

use super::people::relationship;
use crate::model::trust::{Component, Ending, LeftOut, Trust, rounded};

/// How far a seller can be trusted: how it is made is said in docs/trust.md.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrustView {
    pub user: Id<User>,
    /// 0 to 100: the share of deals that goes well, at the very least. `null` for whoever has fewer than 5 completed ones: they are new.
    #[schema(example = 94)]
    pub score: Option<i64>,
    /// Completed deals that count.
    #[schema(example = 52)]
    pub completed: i64,
    /// The day (UTC) from whose beginning the score is; `null` without a deal.
    pub as_of: Option<Timestamp>,
    /// Deals that don't count any more, because a moderator has looked at them; of whoever is new it is said to themselves alone.
    #[schema(example = 0)]
    pub struck: i64,
    /// The same for dearer deals alone.
    pub segments: Vec<SegmentView>,
    /// What each kind of deal does to the score; empty for whoever is new.
    pub components: Vec<ComponentView>,
}

/// Trust with deals from a price on.
#[derive(Debug, Serialize, ToSchema)]
pub struct SegmentView {
    pub from: Money,
    #[schema(example = 88)]
    pub score: Option<i64>,
    #[schema(example = 12)]
    pub completed: u32,
}

/// What the deals of one kind do to a score. Masses are in deals of TZS 50,000, today.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComponentView {
    pub kind: Ending,
    #[schema(example = 50)]
    pub deals: u32,
    /// What they say for the seller, and against.
    #[schema(example = 41.25)]
    pub good: f64,
    #[schema(example = 0.0)]
    pub bad: f64,
    /// How much higher the score is than it would be without them.
    #[schema(example = 88.1)]
    pub points: f64,
    pub left_out: LeftOutView,
}

impl ComponentView {
    /// The key of its words.
    pub fn key(&self) -> &'static str {
        match self.kind {
            Ending::InTime => "trust-in-time",
            Ending::Late => "trust-late",
            Ending::Failed => "trust-failed",
        }
    }

    /// What didn't count, by the key of its words; of what is nothing nothing is said.
    pub fn left_out(&self) -> impl Iterator<Item = (&'static str, String)> {
        let LeftOutView { tiny, faded, capped, circles, strangers } = self.left_out;
        let all = [
            ("trust-out-faded", faded),
            ("trust-out-capped", capped),
            ("trust-out-strangers", strangers),
            ("trust-out-circles", circles),
            ("trust-out-tiny", tiny),
        ];
        all.into_iter().filter(|(_, mass)| *mass > 0.0).map(|(key, mass)| (key, format!("{mass:.2}")))
    }
}

/// Mass that doesn't count, and why.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct LeftOutView {
    /// The deal was worth next to nothing.
    #[schema(example = 0.0)]
    pub tiny: f64,
    /// It was long ago.
    #[schema(example = 4.5)]
    pub faded: f64,
    /// One buyer says no more than this.
    #[schema(example = 0.0)]
    pub capped: f64,
    /// The money had come from the seller.
    #[schema(example = 0.0)]
    pub circles: f64,
    /// The buyer has bought from nobody else.
    #[schema(example = 3.0)]
    pub strangers: f64,
}

impl TrustView {
    /// Whether somebody has sold anything that says something of them.
    pub fn is_seller(&self) -> bool {
        self.as_of.is_some()
    }
}

/// For whoever may see the person.
pub async fn trust(here: &Here, viewer: Option<Id<User>>, user: Id<User>) -> Result<TrustView, Fault> {
    if !relationship(here, viewer, user).await?.visible {
        return Err(Fault::not_found());
    }
    let row = sqlx::query!(
        r#"select score, completed, as_of, explained as "explained: Json<Vec<Trust>>",
                  (select count(*)
                     from profile.petition
                     join profile.questioned_deal using (petition_id)
                    where petition.user_id = $1
                      and petition.about = 'trust'
                      and struck) as "struck!"
             from profile.trust
            where user_id = $1"#,
        user.uuid(),
    );
    let Some(row) = row.fetch_optional(here.db.reader()).await? else {
        return Ok(TrustView {
            user,
            score: None,
            completed: 0,
            as_of: None,
            struck: 0,
            segments: Vec::new(),
            components: Vec::new(),
        });
    };
    let mut trusts = row.explained.0.into_iter();
    // Of whoever is new the parts would say what the whole doesn't.
    let components = trusts.next().filter(|whole| whole.score.is_some()).map(|whole| whole.components).unwrap_or_default();
    Ok(TrustView {
        user,
        score: rounded(row.score),
        completed: row.completed,
        as_of: row.as_of,
        struck: if row.score.is_some() || viewer == Some(user) { row.struck } else { 0 },
        segments: trusts.map(SegmentView::from).collect(),
        components: components.into_iter().map(ComponentView::from).collect(),
    })
}

impl From<Trust> for SegmentView {
    fn from(trust: Trust) -> Self {
        let from = Money::new(trust.from, Currency::TZS);
        Self { from, score: rounded(trust.score), completed: trust.completed }
    }
}

impl From<Component> for ComponentView {
    fn from(part: Component) -> Self {
        let LeftOut { tiny, faded, capped, circles, strangers } = part.left_out;
        Self {
            kind: part.kind,
            deals: part.deals,
            good: short(part.good),
            bad: short(part.bad),
            points: short(part.points.unwrap_or_default()),
            left_out: LeftOutView {
                tiny: short(tiny),
                faded: short(faded),
                capped: short(capped),
                circles: short(circles),
                strangers: short(strangers),
            },
        }
    }
}

/// As many digits as anybody reads.
fn short(number: f64) -> f64 {
    // No zero below zero.
    (number * 100.0).round() / 100.0 + 0.0
}
