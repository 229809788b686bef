//! What can be bought, as it is now.

use contracts::ids::Variant;
use host::{Db, Tx};
use kernel::{Fault, Id, User};

use crate::model::offer::Offer;

/// Who sells it.
pub async fn seller(db: &Db, variant: Id<Variant>) -> Result<Option<Id<User>>, Fault> {
    let seller = sqlx::query_scalar!(
        "select shop.owner
           from commerce.variant
           join commerce.product on product.id = variant.product
           join commerce.shop on shop.id = product.shop
          where variant.id = $1",
        variant.uuid(),
    );
    Ok(seller.fetch_optional(db.reader()).await?)
}

/// Reads without a lock, so that the many who come too late never queue at the shelf.
pub async fn find(tx: &mut Tx, variant: Id<Variant>) -> Result<Option<Offer>, Fault> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Offer,
        r#"select variant.id as variant, product.id as product, shop.id as shop, shop.owner as seller,
                  product.name, product.kind, product.price, product.currency, product.state,
                  product.withheld_at is not null or shop.withheld_at is not null as "withheld!",
                  trade.is_open as "shop_open!", shelf.available as "available!"
             from commerce.variant
             join commerce.product on product.id = variant.product
             join commerce.shop on shop.id = product.shop
            cross join lateral commerce.shelf(variant, $2) as shelf
            cross join lateral commerce.trade(shop.state, shop.owner, shop.withheld_at) as trade
            where variant.id = $1"#,
        variant.uuid(),
        now,
    )
    .fetch_optional(tx.conn())
    .await?)
}
