//! How deals ended, and between whom money went.

use contracts::ids::Order;
use host::Tx;
use kernel::{Fault, Id, Money, Timestamp, User};

use crate::model::trust::{Contribution, Ending, Payment};

/// A deal as it ended.
#[derive(Debug)]
pub struct Deal {
    pub order: Id<Order>,
    pub seller: Id<User>,
    pub buyer: Id<User>,
    pub kind: Ending,
    pub total: Money,
    pub ended_at: Timestamp,
}

/// Keeps it, once; says whether it is new.
pub async fn insert(tx: &mut Tx, deal: &Deal) -> Result<bool, Fault> {
    let inserted = sqlx::query!(
        "insert into profile.deal (order_id, seller, buyer, kind, value, ended_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (order_id) do nothing",
        deal.order.uuid(),
        deal.seller.uuid(),
        deal.buyer.uuid(),
        deal.kind.name(),
        deal.total.minor(),
        deal.ended_at,
    );
    Ok(inserted.execute(tx.conn()).await?.rows_affected() == 1)
}

/// What a seller's deals say: those that don't count any more, by a moderator's decision, say nothing.
pub async fn contributions(tx: &mut Tx, seller: Id<User>) -> Result<Vec<Contribution>, Fault> {
    let rows = sqlx::query!(
        "select order_id, buyer, kind, value, ended_at
           from profile.deal
          where seller = $1
            and not exists (select 1
                              from profile.questioned_deal known
                             where known.order_id = deal.order_id
                               and known.struck)",
        seller.uuid(),
    );
    let rows = rows.fetch_all(tx.conn()).await?.into_iter();
    let contributions = rows.map(|row| Contribution {
        kind: row.kind,
        counterparty: row.buyer.uuid().as_u128(),
        value: row.value,
        at: row.ended_at.as_second(),
        source: row.order_id.uuid().as_u128(),
    });
    Ok(contributions.collect())
}

/// What the seller paid, what the seller's buyers paid, and what those were paid: by whom, to whom, altogether.
pub async fn payments(tx: &mut Tx, seller: Id<User>) -> Result<Vec<Payment>, Fault> {
    let rows = sqlx::query!(
        r#"with near as (
               select array(select buyer from profile.deal where seller = $1 union select $1) as people
           ), paid as (
               select order_id, buyer, seller, value from profile.deal
                where buyer = any ((select people from near)::uuid[]) and kind <> 'failed'
                union
               select order_id, buyer, seller, value from profile.deal
                where seller = any ((select people from near)::uuid[]) and kind <> 'failed'
           )
           select buyer as "buyer!", seller as "seller!", sum(value)::bigint as "value!"
             from paid
            group by buyer, seller"#,
        seller.uuid(),
    );
    let rows = rows.fetch_all(tx.conn()).await?.into_iter();
    let payments = rows.map(|row| Payment { from: row.buyer.as_u128(), to: row.seller.as_u128(), value: row.value });
    Ok(payments.collect())
}
