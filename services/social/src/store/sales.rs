//! The sales made from posts.

use contracts::ids::{Order, Post, Product};
use host::Tx;
use kernel::{Fault, Id, Timestamp};

/// Counts an order for the post it came from, once. A post that isn't there or shows something else gets nothing: the
/// buyer's app named it, and may have named anything.
pub async fn count(tx: &mut Tx, order: Id<Order>, post: Id<Post>, product: Id<Product>, at: Timestamp) -> Result<(), Fault> {
    sqlx::query!(
        "with counted as (
             insert into social.sale (order_id, post_id, at)
             select $1, post.id, $4
               from social.post
              where post.id = $2
                and post.product_id = $3
             on conflict (order_id) do nothing
             returning post_id
         )
         update social.post
            set sales = sales + 1
           from counted
          where post.id = counted.post_id",
        order.uuid(),
        post.uuid(),
        product.uuid(),
        at,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
