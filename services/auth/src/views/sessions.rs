//! One's own sessions, newest first.

use contracts::ids::Device;
use host::{Here, revoked::Ended};
use kernel::{Actor, Fault, Id, Page, PageQuery, Session, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// A session as its owner sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    pub id: Id<Session>,
    pub device_id: Id<Device>,
    #[schema(example = "Chrome on Android")]
    pub device_name: String,
    #[schema(example = "android")]
    pub platform: String,
    /// Whether this is the session that asks.
    pub current: bool,
    pub opened_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
}

struct Row {
    id: Id<Session>,
    device_id: Id<Device>,
    name: String,
    platform: String,
    opened_at: Timestamp,
    last_seen_at: Timestamp,
    expires_at: Timestamp,
}

/// Those that can still be used.
pub async fn list(here: &Here, viewer: &Actor, query: &PageQuery) -> Result<Page<SessionView>, Fault> {
    let (user, current) = (viewer.user()?, viewer.session()?);
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("auth.sessions.{user}"));
    let after = query.after::<Id<Session>>(&key, &name)?;
    let rows = sqlx::query_as!(
        Row,
        "select session.id, session.device_id, device.name, device.platform, session.opened_at, session.last_seen_at,
                session.expires_at
           from auth.session
           join auth.device on device.id = session.device_id
          where session.user_id = $1
            and session.ended_at is null
            and session.expires_at > $2
            and session.id < coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
          order by session.id desc
          limit $4",
        user.uuid(),
        here.clock.now(),
        after.map(Id::uuid),
        i64::from(limit) + 1,
    )
    .fetch_all(here.db.reader())
    .await?;
    Ok(Page::cut(rows, limit, &key, &name, |row| row.id)?.map(|row| view(row, current)))
}

fn view(row: Row, current: Id<Session>) -> SessionView {
    SessionView {
        current: row.id == current,
        id: row.id,
        device_id: row.device_id,
        device_name: row.name,
        platform: row.platform,
        opened_at: row.opened_at,
        last_seen_at: row.last_seen_at,
        expires_at: row.expires_at,
    }
}

/// Those that have ended since then, oldest first.
pub async fn ended_since(here: &Here, since: Timestamp) -> Result<Vec<Ended>, Fault> {
    let ended = sqlx::query_as!(
        Ended,
        "select session, at
           from auth.revocation
          where at >= $1
          order by at
          limit $2",
        since,
        i64::from(Ended::AT_ONCE),
    );
    Ok(ended.fetch_all(here.db.reader()).await?)
}
