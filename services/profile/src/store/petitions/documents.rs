//! What was handed in: a row for each sealed object, there before it and after it.

use std::time::Duration;

use contracts::ids;
use host::Tx;
use kernel::{Fault, Id, Timestamp, User};
use sqlx::types::Uuid;

use crate::model::petition::DocumentFormat;

/// Longer than any transaction, and than clocks of two nodes are apart.
const SAFE: Duration = Duration::from_mins(10);

/// A document as it is opened.
pub struct Document {
    pub id: Uuid,
    pub format: DocumentFormat,
    pub sealed_key: Vec<u8>,
}

/// One that is on its way.
pub struct NewDocument<'a> {
    pub id: Uuid,
    pub format: DocumentFormat,
    pub bytes: i32,
    pub sealed_key: &'a [u8],
}

/// How many of somebody's are on their way.
pub async fn arriving(tx: &mut Tx, owner: Id<User>) -> Result<i64, Fault> {
    let now = tx.now();
    let arriving = sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from profile.document
            where owner = $1
              and petition_id is null
              and remove_at > $2"#,
        owner.uuid(),
        now,
    );
    Ok(arriving.fetch_one(tx.conn()).await?)
}

/// Expects one; it is removed then, unless it becomes part of a petition.
pub async fn expect(tx: &mut Tx, owner: Id<User>, document: &NewDocument<'_>, until: Timestamp) -> Result<(), Fault> {
    sqlx::query!(
        "insert into profile.document (document_id, owner, place, format, bytes, sealed_key, remove_at)
         values ($1, $2, 1, $3, $4, $5, $6)",
        document.id,
        owner.uuid(),
        document.format.name(),
        document.bytes,
        document.sealed_key,
        until,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Makes these part of a petition, in this order; how many of them there still are for a while, so that none is removed meanwhile.
pub async fn attach(tx: &mut Tx, petition: Id<ids::Petition>, owner: Id<User>, documents: &[Uuid]) -> Result<u64, Fault> {
    let now = tx.now().plus(SAFE);
    let attached = sqlx::query!(
        "update profile.document
            set petition_id = $1, place = named.place::smallint, remove_at = null
           from unnest($3::uuid[]) with ordinality as named (document_id, place)
          where document.document_id = named.document_id
            and document.owner = $2
            and document.petition_id is null
            and document.remove_at > $4",
        petition.uuid(),
        owner.uuid(),
        documents,
        now,
    );
    Ok(attached.execute(tx.conn()).await?.rows_affected())
}

/// One of a petition, as long as it is kept.
pub async fn find(tx: &mut Tx, petition: Id<ids::Petition>, place: i16) -> Result<Option<Document>, Fault> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Document,
        "select document_id as id, format, sealed_key
           from profile.document
          where petition_id = $1
            and place = $2
            and coalesce(remove_at > $3, true)",
        petition.uuid(),
        place,
        now,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Keeps those of a petition until then; those that end before that stay so.
pub async fn keep_until(tx: &mut Tx, petition: Id<ids::Petition>, then: Timestamp) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.document
            set remove_at = least(remove_at, $2)
          where petition_id = $1",
        petition.uuid(),
        then,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Ends all of somebody's.
pub async fn erase(tx: &mut Tx, owner: Id<User>) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!("update profile.document set remove_at = least(remove_at, $2) where owner = $1", owner.uuid(), now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Ends these, which became part of nothing.
pub async fn discard(tx: &mut Tx, documents: &[Uuid]) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "update profile.document
            set remove_at = $2
          where document_id = any ($1)
            and petition_id is null",
        documents,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Some whose time has come.
pub async fn ended(tx: &mut Tx, after: Option<(Timestamp, Uuid)>) -> Result<Vec<(Timestamp, Uuid)>, Fault> {
    let now = tx.now();
    let (at, id) = after.unzip();
    let ended = sqlx::query!(
        r#"select remove_at as "remove_at!", document_id
             from profile.document
            where remove_at <= $1
              and (remove_at, document_id)
                  > (coalesce($2, '-infinity'::timestamptz), coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid))
            order by remove_at, document_id
            limit 50"#,
        now,
        at,
        id,
    );
    Ok(ended.fetch_all(tx.conn()).await?.into_iter().map(|row| (row.remove_at, row.document_id)).collect())
}

/// Forgets those whose objects are gone.
pub async fn forget(tx: &mut Tx, documents: &[Uuid]) -> Result<(), Fault> {
    sqlx::query!("delete from profile.document where document_id = any ($1)", documents).execute(tx.conn()).await?;
    Ok(())
}

/// The keys of those that come after this one, a page of them.
pub async fn keys_after(tx: &mut Tx, after: Option<Uuid>) -> Result<Vec<(Uuid, Vec<u8>)>, Fault> {
    let rows = sqlx::query!(
        "select document_id, sealed_key
           from profile.document
          where document_id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
          order by document_id
          limit 500",
        after,
    );
    Ok(rows.fetch_all(tx.conn()).await?.into_iter().map(|row| (row.document_id, row.sealed_key)).collect())
}

/// Keeps a key sealed anew.
pub async fn reseal(tx: &mut Tx, id: Uuid, sealed_key: &[u8]) -> Result<(), Fault> {
    sqlx::query!("update profile.document set sealed_key = $2 where document_id = $1", id, sealed_key).execute(tx.conn()).await?;
    Ok(())
}
