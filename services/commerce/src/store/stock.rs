//! The shelf: a variant's stock, and the line each of its changes leaves in the ledger of movements.

use contracts::ids::Variant;
use host::{Constraint, Tx};
use kernel::{Fault, Id, Stock, User};
use sqlx::types::Uuid;

use crate::fault::Refusal;

/// A change of the shelf.
#[derive(Debug, Clone, Copy)]
pub struct Movement<'a> {
    pub verb: &'static str,
    pub before: Stock,
    pub after: Stock,
    /// The seller's own words, for a count that was corrected.
    pub reason: &'a str,
}

pub async fn lock(tx: &mut Tx, variant: Id<Variant>) -> Result<Stock, Fault> {
    let stock = sqlx::query_as!(
        Stock,
        "select capacity, held, sold
           from commerce.variant
          where id = $1
            for no key update",
        variant.uuid(),
    );
    stock.fetch_optional(tx.conn()).await?.ok_or_else(Fault::not_found)
}

/// Changes the shelf and notes the movement, in one statement.
pub async fn save(tx: &mut Tx, variant: Id<Variant>, movement: Movement<'_>) -> Result<(), Fault> {
    let (now, Movement { verb, before, after, reason }) = (tx.now(), movement);
    sqlx::query!(
        "with moved as (
             update commerce.variant
                set capacity = capacity + $3, held = held + $4, sold = sold + $5
              where id = $1
             returning id
         )
         insert into commerce.movement (variant, verb, capacity, held, sold, reason, at)
         select moved.id, $2, $3, $4, $5, $6, $7
           from moved",
        variant.uuid(),
        verb,
        after.capacity - before.capacity,
        after.held - before.held,
        after.sold - before.sold,
        reason,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("stock_not_oversold", Refusal::StockShort)?;
    Ok(())
}

/// Locks the shelf once every hold that has run out, of this item and of this person, is given back. Shelves are locked in the
/// order of their ids.
pub async fn lock_fresh(tx: &mut Tx, variant: Id<Variant>, holder: Id<User>) -> Result<Stock, Fault> {
    let now = tx.now();
    let shelves = sqlx::query!(
        r#"select id as "id: Uuid", capacity, held, sold,
                  (select hold.checkout
                     from commerce.hold
                    where hold.variant = variant.id
                      and hold.expires_at <= $3
                    limit 1) is not null as "lapsed!"
             from commerce.variant
            where id = any (array(select $1
                                   union
                                  select hold.variant from commerce.hold where holder = $2 and expires_at <= $3))
            order by id
              for no key update"#,
        variant.uuid(),
        holder.uuid(),
        now,
    )
    .fetch_all(tx.conn())
    .await?;
    let lapsed: Vec<Uuid> = shelves.iter().filter(|shelf| shelf.lapsed).map(|shelf| shelf.id).collect();
    if !lapsed.is_empty() {
        give_back_lapsed(tx, &lapsed).await?;
        return lock(tx, variant).await;
    }
    let shelf = shelves.into_iter().find(|shelf| shelf.id == variant.uuid()).ok_or_else(Fault::not_found)?;
    Ok(Stock { capacity: shelf.capacity, held: shelf.held, sold: shelf.sold })
}

/// Gives back what has run out on these shelves, which are locked.
async fn give_back_lapsed(tx: &mut Tx, shelves: &[Uuid]) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "with gone as (
             delete from commerce.hold
              where variant = any($1)
                and expires_at <= $2
             returning variant, quantity
         ), freed as (
             update commerce.variant
                set held = held - gone.units
               from (select variant, sum(quantity)::bigint as units from gone group by variant) as gone
              where variant.id = gone.variant
                and variant.id = any($1)
         )
         insert into commerce.movement (variant, verb, capacity, held, sold, at)
         select variant, 'release', 0, -quantity, 0, $2
           from gone",
        shelves,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
