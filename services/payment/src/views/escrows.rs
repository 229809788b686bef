//! Escrows, as their two parties see them; for everybody else there are none.

use contracts::ids::Escrow;
use host::Here;
use kernel::{Currency, Fault, Id, Money, Page, PageQuery, Timestamp, User};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::escrow::EscrowState;

/// Which side of an escrow somebody is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Payer,
    Payee,
}

/// Money held for a deal.
#[derive(Debug, Serialize, ToSchema)]
pub struct EscrowView {
    pub id: Id<Escrow>,
    #[schema(example = "ord_01jc7hnyg70000800000000001")]
    pub reference: String,
    #[schema(example = "Kitenge dress")]
    pub title: String,
    pub status: EscrowState,
    /// Which side the viewer is on.
    pub role: Side,
    pub payer: Id<User>,
    pub payee: Id<User>,
    pub amount: Money,
    /// What the platform takes at release; only the payee sees it.
    pub fee: Option<Money>,
    pub opened_at: Timestamp,
    /// When it was released or refunded.
    pub closed_at: Option<Timestamp>,
    /// When released money becomes available to the payee.
    pub matures_at: Option<Timestamp>,
}

struct Row {
    id: Id<Escrow>,
    reference: String,
    title: String,
    state: EscrowState,
    payer: Id<User>,
    payee: Id<User>,
    currency: Currency,
    amount: i64,
    fee: i64,
    opened_at: Timestamp,
    closed_at: Option<Timestamp>,
    matures_at: Option<Timestamp>,
}

/// The viewer's escrows, on one side or on both, newest first.
pub async fn list(here: &Here, viewer: Id<User>, side: Option<Side>, query: &PageQuery) -> Result<Page<EscrowView>, Fault> {
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("payment.escrows.{side:?}.{viewer}"));
    let after = query.after::<Id<Escrow>>(&key, &name)?;
    let rows = load(here, viewer, side, after, limit).await?;
    Ok(Page::cut(rows, limit, &key, &name, |row| row.id)?.map(|row| row.view(viewer)))
}

/// Each side in the order of its own index, so that a page costs a page however many escrows somebody has.
async fn load(
    here: &Here,
    viewer: Id<User>,
    side: Option<Side>,
    after: Option<Id<Escrow>>,
    limit: u16,
) -> Result<Vec<Row>, Fault> {
    Ok(sqlx::query_as!(
        Row,
        r#"select id, reference, title as "title!", state, payer as "payer!", payee as "payee!", currency as "currency!",
                  amount as "amount!", fee as "fee!", opened_at, closed_at, matures_at
             from payment.escrow
            where id in ((select id
                            from payment.escrow
                           where payer = $2
                             and id < coalesce($1, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
                           order by id desc
                           limit $4)
                         union all
                         (select id
                            from payment.escrow
                           where payee = $3
                             and id < coalesce($1, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
                           order by id desc
                           limit $4))
            order by id desc
            limit $4"#,
        after.map(Id::uuid),
        (side != Some(Side::Payee)).then_some(viewer.uuid()),
        (side != Some(Side::Payer)).then_some(viewer.uuid()),
        i64::from(limit) + 1,
    )
    .fetch_all(here.db.reader())
    .await?)
}

pub async fn by_id(here: &Here, viewer: Id<User>, id: Id<Escrow>) -> Result<EscrowView, Fault> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, reference, title as "title!", state, payer as "payer!", payee as "payee!", currency as "currency!",
                  amount as "amount!", fee as "fee!", opened_at, closed_at, matures_at
             from payment.escrow
            where id = $1
              and (payer = $2 or payee = $2)"#,
        id.uuid(),
        viewer.uuid(),
    )
    .fetch_optional(here.db.reader())
    .await?;
    Ok(row.ok_or_else(Fault::not_found)?.view(viewer))
}

impl Row {
    fn view(self, viewer: Id<User>) -> EscrowView {
        let role = if self.payee == viewer { Side::Payee } else { Side::Payer };
        let money = |minor| Money::new(minor, self.currency);
        EscrowView {
            id: self.id,
            reference: self.reference,
            title: self.title,
            status: self.state,
            role,
            payer: self.payer,
            payee: self.payee,
            amount: money(self.amount),
            fee: (role == Side::Payee).then(|| money(self.fee)),
            opened_at: self.opened_at,
            closed_at: self.closed_at,
            matures_at: self.matures_at,
        }
    }
}
