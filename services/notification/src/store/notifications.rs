//! The in-app inbox.

use contracts::ids::Notification;
use host::Tx;
use kernel::{Fault, Id, Timestamp, User};

use crate::model::{kind::Kind, notice::Notice};

/// Keeps a notice; false where it was told before (N5).
pub async fn insert(tx: &mut Tx, id: Id<Notification>, notice: &Notice) -> Result<bool, Fault> {
    let now = tx.now();
    let inserted = sqlx::query!(
        "insert into notification.notification (id, fact, kind, user_id, about, template, data, link, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict on constraint notification_once do nothing",
        id.uuid(),
        notice.fact,
        notice.kind.name(),
        notice.to.uuid(),
        notice.about.map(Id::uuid),
        notice.template,
        serde_json::to_value(&notice.data)?,
        notice.link,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Whether `user` was told this kind of `about` after `since`.
pub async fn told_since(tx: &mut Tx, kind: Kind, user: Id<User>, about: Id<User>, since: Timestamp) -> Result<bool, Fault> {
    let told = sqlx::query_scalar!(
        "select 1
           from notification.notification
          where about = $1
            and user_id = $2
            and kind = $3
            and at > $4
          limit 1",
        about.uuid(),
        user.uuid(),
        kind.name(),
        since,
    );
    Ok(told.fetch_optional(tx.conn()).await?.is_some())
}

/// Marks one as read; it stays read since the first time. False where `user` has no such notification.
pub async fn mark_read(tx: &mut Tx, user: Id<User>, id: Id<Notification>) -> Result<bool, Fault> {
    let now = tx.now();
    let marked = sqlx::query!(
        "update notification.notification
            set read_at = coalesce(read_at, $3)
          where id = $1
            and user_id = $2",
        id.uuid(),
        user.uuid(),
        now,
    );
    Ok(marked.execute(tx.conn()).await?.rows_affected() == 1)
}

pub async fn mark_unread(tx: &mut Tx, user: Id<User>, id: Id<Notification>) -> Result<bool, Fault> {
    let marked = sqlx::query!(
        "update notification.notification
            set read_at = null
          where id = $1
            and user_id = $2",
        id.uuid(),
        user.uuid(),
    );
    Ok(marked.execute(tx.conn()).await?.rows_affected() == 1)
}

pub async fn mark_all_read(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "update notification.notification
            set read_at = $2
          where user_id = $1
            and read_at is null",
        user.uuid(),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, user: Id<User>, id: Id<Notification>) -> Result<bool, Fault> {
    let deleted = sqlx::query!(
        "delete from notification.notification
          where id = $1
            and user_id = $2",
        id.uuid(),
        user.uuid(),
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected() == 1)
}

/// Deletes what somebody was told, and what others were told of them.
pub async fn erase_of(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!("delete from notification.notification where user_id = $1 or about = $1", user.uuid())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Old notices, read or not, a batch of them; how many it were.
pub async fn delete_before(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let deleted = sqlx::query!(
        "delete from notification.notification
          where ctid = any (array(select ctid
                                    from notification.notification
                                   where at < $1
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected())
}
