//! The checkout rows.

use contracts::ids;
use host::{Db, Tx};
use kernel::{Fault, Id, Timestamp, User};

use crate::model::checkout::Checkout;

pub async fn insert(tx: &mut Tx, checkout: &Checkout) -> Result<(), Fault> {
    sqlx::query!(
        "insert into commerce.checkout
                (id, buyer, seller, shop, product, variant, post, title, quantity, quote, address, state, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        checkout.id.uuid(),
        checkout.buyer.uuid(),
        checkout.seller.uuid(),
        checkout.shop.uuid(),
        checkout.product.uuid(),
        checkout.variant.uuid(),
        checkout.post.map(Id::uuid),
        checkout.title,
        checkout.quantity,
        serde_json::to_value(&checkout.quote)?,
        checkout.address.as_ref().map(serde_json::to_value).transpose()?,
        checkout.state.name(),
        checkout.expires_at,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn lock(tx: &mut Tx, id: Id<ids::Checkout>) -> Result<Option<Checkout>, Fault> {
    Ok(sqlx::query_as!(
        Checkout,
        "select id, buyer, seller, shop, product, variant, post, title, quantity, quote, address, state, order_id, renewals,
                expires_at
           from commerce.checkout
          where id = $1
            for no key update",
        id.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Saves what can change after a checkout was opened. Of an erased buyer an address stays while the money is on its way only.
/// Who sells what this checkout of the buyer's holds, while it can still be paid.
pub async fn seller_of_open(db: &Db, id: Id<ids::Checkout>, buyer: Id<User>) -> Result<Option<Id<User>>, Fault> {
    let seller = sqlx::query_scalar!(
        "select seller
           from commerce.checkout
          where id = $1
            and buyer = $2
            and state = 'open'",
        id.uuid(),
        buyer.uuid(),
    );
    Ok(seller.fetch_optional(db.reader()).await?)
}

pub async fn save(tx: &mut Tx, checkout: &Checkout) -> Result<(), Fault> {
    sqlx::query!(
        "update commerce.checkout
            set state = $2, order_id = $3, renewals = $4, expires_at = $5,
                address = case
                              when $2 <> 'paying'
                                   and exists (select 1
                                                 from commerce.person
                                                where user_id = buyer
                                                  and person.state = 'erased')
                              then null
                              else $6::jsonb
                          end
          where id = $1",
        checkout.id.uuid(),
        checkout.state.name(),
        checkout.order_id.map(Id::uuid),
        checkout.renewals,
        checkout.expires_at,
        checkout.address.as_ref().map(serde_json::to_value).transpose()?,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes the addresses out of somebody's checkouts; an order keeps its own. One that is being paid needs it for its order, and
/// loses it when it is saved again. Every row is locked, so that one whose payment ends right now is seen as it ended.
pub async fn erase_of(tx: &mut Tx, buyer: Id<User>) -> Result<(), Fault> {
    sqlx::query!(
        "update commerce.checkout
            set address = case when state = 'paying' then address end
          where buyer = $1",
        buyer.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Checkouts that came to nothing and ran out before this, a batch of them; how many it were.
pub async fn delete_ended(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let deleted = sqlx::query!(
        "delete from commerce.checkout
          where ctid = any (array(select ctid
                                    from commerce.checkout
                                   where state in ('cancelled', 'expired')
                                     and expires_at < $1
                                     and not exists (select 1
                                                       from commerce.hold
                                                      where hold.checkout = checkout.id)
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected())
}

/// Takes the address out of checkouts that became an order, a batch of them; how many it were.
pub async fn blank_paid(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let blanked = sqlx::query!(
        "update commerce.checkout
            set address = null
          where ctid = any (array(select ctid
                                    from commerce.checkout
                                   where state = 'paid'
                                     and address is not null
                                     and expires_at < $1
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(blanked.execute(tx.conn()).await?.rows_affected())
}
