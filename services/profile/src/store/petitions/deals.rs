//! Deals somebody asks moderators to look at, and those that don't count any more.

use contracts::ids;
use host::{Constraint, Tx};
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

use crate::fault::PetitionRefusal;

/// Keeps which they are; how many of these are this seller's and count against them.
pub async fn question(tx: &mut Tx, petition: Id<ids::Petition>, seller: Id<User>, orders: &[Uuid]) -> Result<u64, Fault> {
    let questioned = sqlx::query!(
        "insert into profile.questioned_deal (order_id, petition_id)
         select order_id, $1
           from profile.deal
          where order_id = any ($3)
            and seller = $2
            and kind in ('late', 'failed')",
        petition.uuid(),
        seller.uuid(),
        orders,
    )
    .execute(tx.conn())
    .await
    .on_constraint("questioned_deal_once", PetitionRefusal::DealQuestioned)?;
    Ok(questioned.rows_affected())
}

/// Strikes these of a petition out; how many of them it has.
pub async fn strike(tx: &mut Tx, petition: Id<ids::Petition>, orders: &[Uuid]) -> Result<u64, Fault> {
    let struck = sqlx::query!(
        "update profile.questioned_deal
            set struck = true
          where petition_id = $1
            and order_id = any ($2)",
        petition.uuid(),
        orders,
    );
    Ok(struck.execute(tx.conn()).await?.rows_affected())
}

/// Has all of a petition count, and leaves them to another petition.
pub async fn restore(tx: &mut Tx, petition: Id<ids::Petition>) -> Result<(), Fault> {
    sqlx::query!("update profile.questioned_deal set struck = false, stands = false where petition_id = $1", petition.uuid())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Forgets that they were asked about.
pub async fn release(tx: &mut Tx, petition: Id<ids::Petition>) -> Result<(), Fault> {
    sqlx::query!("delete from profile.questioned_deal where petition_id = $1", petition.uuid()).execute(tx.conn()).await?;
    Ok(())
}

/// Whether somebody has bought in one of these deals.
pub async fn is_of(tx: &mut Tx, petition: Id<ids::Petition>, buyer: Id<User>) -> Result<bool, Fault> {
    let found = sqlx::query_scalar!(
        "select 1
           from profile.questioned_deal
           join profile.deal using (order_id)
          where petition_id = $1
            and buyer = $2
          limit 1",
        petition.uuid(),
        buyer.uuid(),
    );
    Ok(found.fetch_optional(tx.conn()).await?.is_some())
}
