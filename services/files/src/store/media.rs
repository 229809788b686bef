//! The rows of uploads.

use contracts::ids;
use host::Tx;
use kernel::{Fault, Id, Timestamp, User};
use sqlx::types::Uuid;

use crate::model::media::{Came, Developed, Media, MediaState, Told, Visibility};

pub async fn insert(tx: &mut Tx, owner: Id<User>, visibility: Visibility, came: &Came) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into files.media (id, owner, visibility, format, bytes, sha256, state, uploaded_at)
         values ($1, $2, $3, $4, $5, $6, 'processing', $7)",
        came.id.uuid(),
        owner.uuid(),
        visibility.name(),
        came.format.name(),
        came.bytes,
        came.sha256,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The upload that has this content already. Its owner's row is locked, so no other can come meanwhile (`media_once`).
pub async fn find_same(
    tx: &mut Tx,
    owner: Id<User>,
    visibility: Visibility,
    sha256: &[u8],
) -> Result<Option<Id<ids::Media>>, Fault> {
    let same = sqlx::query_scalar!(
        "select id
           from files.media
          where owner = $1
            and visibility = $2
            and sha256 = $3
            and state in ('processing', 'ready')",
        owner.uuid(),
        visibility.name(),
        sha256,
    );
    Ok(same.fetch_optional(tx.conn()).await?)
}

/// Counts a worker that failed; says how many have, or nothing where the upload doesn't wait any more.
pub async fn count_try(tx: &mut Tx, id: Id<ids::Media>) -> Result<Option<i16>, Fault> {
    let counted = sqlx::query_scalar!(
        "update files.media
            set tries = tries + 1
          where id = $1
            and state = 'processing'
         returning tries",
        id.uuid(),
    );
    Ok(counted.fetch_optional(tx.conn()).await?)
}

pub async fn lock(tx: &mut Tx, id: Id<ids::Media>) -> Result<Option<Media>, Fault> {
    Ok(sqlx::query_as!(
        Media,
        "select id, owner, visibility, format, bytes, sha256, state, version
           from files.media
          where id = $1
            for update",
        id.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Some uploads of somebody's that aren't deleted.
pub async fn lock_some_of(tx: &mut Tx, owner: Id<User>, limit: i64) -> Result<Vec<Media>, Fault> {
    Ok(sqlx::query_as!(
        Media,
        "select id, owner, visibility, format, bytes, sha256, state, version
           from files.media
          where owner = $1
            and state <> 'deleted'
          order by id desc
          limit $2
            for update",
        owner.uuid(),
        limit,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Writes down how it stands now; a picture stays only with what is ready.
pub async fn end(
    tx: &mut Tx,
    id: Id<ids::Media>,
    state: MediaState,
    reason: Option<&str>,
    picture: Option<&Developed>,
) -> Result<(), Fault> {
    let (picture, now) = (picture.map(serde_json::to_value).transpose()?, tx.now());
    sqlx::query!(
        "update files.media
            set state = $2, reason = $3, picture = $4, version = version + 1,
                ended_at = case when $2 in ('rejected', 'failed', 'deleted') then $5::timestamptz end
          where id = $1",
        id.uuid(),
        state.name(),
        reason,
        picture,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The next uploads that are ready or gone.
pub async fn told_after(tx: &mut Tx, after: Option<Id<ids::Media>>, limit: i64) -> Result<Vec<Told>, Fault> {
    Ok(sqlx::query_as!(
        Told,
        "select id, owner, version, visibility, state, picture
           from files.media
          where state in ('ready', 'deleted')
            and id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
          order by id
          limit $2",
        after.map(Id::uuid),
        limit,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Which of these wait to be worked on.
pub async fn processing_of(tx: &mut Tx, media: &[Id<ids::Media>]) -> Result<Vec<Id<ids::Media>>, Fault> {
    let media: Vec<Uuid> = media.iter().map(|media| media.uuid()).collect();
    // A value, not a word of the query: else the index of what is unique among all that waits is read from end to end.
    let waiting = MediaState::Processing.name();
    let waiting = sqlx::query_scalar!("select id from files.media where id = any($1) and state = $2", &media, waiting);
    Ok(waiting.fetch_all(tx.conn()).await?)
}

/// Deletes rows of uploads that came to their end before `then`, as many as `most`.
pub async fn forget_ended(tx: &mut Tx, then: Timestamp, most: i64) -> Result<u64, Fault> {
    let gone = sqlx::query!(
        "delete from files.media
          where id in (select id
                         from files.media
                        where state in ('rejected', 'failed', 'deleted')
                          and ended_at < $1
                        limit $2
                          for update skip locked)",
        then,
        most,
    );
    Ok(gone.execute(tx.conn()).await?.rows_affected())
}
