//! The hold rows: units that wait for their buyer.

use contracts::ids::{Checkout, Variant};
use host::Tx;
use kernel::{Fault, Id, Timestamp, User};

use crate::{
    fault::Refusal,
    model::terms::{HOLDS_PER_ITEM, HOLDS_PER_PERSON},
};

/// A hold that is taken.
#[derive(Debug)]
pub struct NewHold {
    pub checkout: Id<Checkout>,
    pub variant: Id<Variant>,
    pub holder: Id<User>,
    pub quantity: i64,
    pub expires_at: Timestamp,
}

/// One person takes their holds one after the other; the lock ends with the transaction.
pub async fn lock_holder(tx: &mut Tx, holder: Id<User>) -> Result<(), Fault> {
    let key = format!("commerce.holder.{holder}");
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", key).execute(tx.conn()).await?;
    Ok(())
}

/// Inserts the hold in the holder's first free slots; refused where there is none (X5).
pub async fn insert(tx: &mut Tx, hold: &NewHold) -> Result<(), Fault> {
    let inserted = sqlx::query!(
        "insert into commerce.hold (checkout, variant, holder, quantity, expires_at, person_slot, item_slot)
         select $1, $2, $3, $4, $5, person.slot, item.slot
           from (select slot
                   from generate_series(1, $6::bigint) as slot
                  where slot not in (select person_slot from commerce.hold where holder = $3)
                  order by slot
                  limit 1) as person,
                (select slot
                   from generate_series(1, $7::bigint) as slot
                  where slot not in (select item_slot from commerce.hold where holder = $3 and variant = $2)
                  order by slot
                  limit 1) as item",
        hold.checkout.uuid(),
        hold.variant.uuid(),
        hold.holder.uuid(),
        hold.quantity,
        hold.expires_at,
        HOLDS_PER_PERSON,
        HOLDS_PER_ITEM,
    )
    .execute(tx.conn())
    .await?;
    if inserted.rows_affected() == 1 { Ok(()) } else { Err(Refusal::TooManyHolds.into()) }
}

/// Moves the end of a hold, or takes it away while a payment is on its way; false where the hold is gone.
pub async fn set_end(tx: &mut Tx, checkout: Id<Checkout>, expires_at: Option<Timestamp>) -> Result<bool, Fault> {
    let changed = sqlx::query!(
        "update commerce.hold
            set expires_at = $2
          where checkout = $1",
        checkout.uuid(),
        expires_at,
    )
    .execute(tx.conn())
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Removes a hold; how many units it held, or `None` where it is gone already. The shelf is locked before.
pub async fn end(tx: &mut Tx, checkout: Id<Checkout>) -> Result<Option<i64>, Fault> {
    Ok(sqlx::query_scalar!(
        "delete from commerce.hold
          where checkout = $1
         returning quantity",
        checkout.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?)
}
