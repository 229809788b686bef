//! The post rows.

use contracts::ids::{Media, Post, Product};
use host::Tx;
use kernel::{Fault, Id, Timestamp, User};

use crate::model::draft::{Draft, PostType};

pub async fn insert(tx: &mut Tx, id: Id<Post>, author: Id<User>, draft: &Draft) -> Result<(), Fault> {
    let now = tx.now();
    let (pictures, alts): (Vec<_>, Vec<_>) = draft.pictures.iter().map(|one| (one.media.uuid(), one.alt.clone())).unzip();
    sqlx::query!(
        "insert into social.post (id, author, type, text, product_id, published_at, pictures, alts)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id.uuid(),
        author.uuid(),
        PostType::with(draft.product).name(),
        draft.text,
        draft.product.map(Id::uuid),
        now,
        &pictures,
        &alts,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What an author has written.
#[derive(Debug)]
pub struct Written {
    pub text: String,
    pub product: Option<Id<Product>>,
    pub pictures: Vec<Id<Media>>,
}

/// Locks somebody's own post, if it is there.
pub async fn lock_own(tx: &mut Tx, author: Id<User>, post: Id<Post>) -> Result<Option<Written>, Fault> {
    Ok(sqlx::query_as!(
        Written,
        "select text, product_id as product, pictures
           from social.post
          where id = $1
            and author = $2
            and deleted_at is null
            for update",
        post.uuid(),
        author.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?)
}

pub async fn save_text(tx: &mut Tx, post: Id<Post>, text: &str) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "update social.post
            set text = $2, edited_at = $3, version = version + 1
          where id = $1",
        post.uuid(),
        text,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, post: Id<Post>) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "update social.post
            set deleted_at = $2, version = version + 1
          where id = $1",
        post.uuid(),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Keeps since when only its author sees a post, unless a newer decision is known. A post that isn't there stays so.
pub async fn withhold(tx: &mut Tx, post: Id<Post>, since: Option<Timestamp>, version: i64) -> Result<(), Fault> {
    sqlx::query!(
        "update social.post
            set withheld_at = $2, withheld_version = $3
          where id = $1
            and withheld_version < $3",
        post.uuid(),
        since,
        version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Deletes everything somebody wrote, and the words with it; the rows stay for the sales made from them.
pub async fn erase_all_of(tx: &mut Tx, author: Id<User>) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "update social.post
            set text = '', pictures = '{}', alts = '{}', deleted_at = coalesce(deleted_at, $2), version = version + 1
          where author = $1
            and (deleted_at is null or (deleted_at is not null and (text <> '' or pictures <> '{}')))",
        author.uuid(),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes the words and pictures out of posts that were deleted before this, a batch of them; how many it were.
pub async fn blank_deleted(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let blanked = sqlx::query!(
        "update social.post
            set text = '', pictures = '{}', alts = '{}'
          where ctid = any (array(select ctid
                                    from social.post
                                   where deleted_at < $1
                                     and (text <> '' or pictures <> '{}')
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(blanked.execute(tx.conn()).await?.rows_affected())
}
