//! The in-app inbox.

use std::collections::HashSet;

use contracts::ids::Notification;
use host::Tx;
use kernel::{Fault, Id, Timestamp, User};
use sqlx::types::Uuid;

use crate::model::{kind::Kind, notice::Notice};

/// Keeps notices; those of them that weren't told before (N5).
pub async fn insert(tx: &mut Tx, notices: &[(Id<Notification>, &Notice)]) -> Result<HashSet<Id<Notification>>, Fault> {
    if notices.is_empty() {
        return Ok(HashSet::new());
    }
    let now = tx.now();
    let (mut ids, mut facts, mut kinds, mut readers) = (Vec::new(), Vec::new(), Vec::new(), Vec::<Uuid>::new());
    let (mut about, mut templates, mut data, mut links) = (Vec::<Option<Uuid>>::new(), Vec::new(), Vec::new(), Vec::new());
    for (id, notice) in notices {
        ids.push(id.uuid());
        facts.push(notice.fact.clone());
        kinds.push(notice.kind.name().to_owned());
        readers.push(notice.to.uuid());
        about.push(notice.about.map(Id::uuid));
        templates.push(notice.template.to_owned());
        data.push(serde_json::to_value(&notice.data)?);
        links.push(notice.link.clone());
    }
    let inserted = sqlx::query_scalar!(
        "insert into notification.notification (id, fact, kind, user_id, about, template, data, link, at)
         select id, fact, kind, reader, about, template, data, link, $9
           from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::jsonb[], $8::text[])
                as notice (id, fact, kind, reader, about, template, data, link)
         on conflict on constraint notification_once do nothing
         returning id",
        &ids,
        &facts,
        &kinds,
        &readers,
        &about as &[Option<Uuid>],
        &templates,
        &data,
        &links,
        now,
    );
    Ok(inserted.fetch_all(tx.conn()).await?.into_iter().collect())
}

/// Of these, a reader and whom it is about each, the pairs that were told this kind after `since`.
pub async fn told_since(
    tx: &mut Tx,
    kind: Kind,
    pairs: &[(Id<User>, Id<User>)],
    since: Timestamp,
) -> Result<HashSet<(Id<User>, Id<User>)>, Fault> {
    let (readers, about): (Vec<Uuid>, Vec<Uuid>) = pairs.iter().map(|(reader, about)| (reader.uuid(), about.uuid())).unzip();
    let told = sqlx::query!(
        r#"select pair.reader as "reader!: Id<User>", pair.about as "about!: Id<User>"
             from unnest($1::uuid[], $2::uuid[]) as pair (reader, about)
            where exists (select 1
                            from notification.notification
                           where notification.about = pair.about
                             and user_id = pair.reader
                             and kind = $3
                             and at > $4)"#,
        &readers,
        &about,
        kind.name(),
        since,
    );
    Ok(told.fetch_all(tx.conn()).await?.into_iter().map(|row| (row.reader, row.about)).collect())
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
