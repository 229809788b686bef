//! One's own devices, newest first.

use contracts::ids::Device;
use host::Here;
use kernel::{Fault, Id, Page, PageQuery, Timestamp, User};
use serde::Serialize;
use utoipa::ToSchema;

/// A device as its owner sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceView {
    pub id: Id<Device>,
    #[schema(example = "Chrome on Android")]
    pub name: String,
    #[schema(example = "android")]
    pub platform: String,
    pub first_seen_at: Timestamp,
    pub last_seen_at: Timestamp,
}

pub async fn list(here: &Here, viewer: Id<User>, query: &PageQuery) -> Result<Page<DeviceView>, Fault> {
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("auth.devices.{viewer}"));
    let after = query.after::<Id<Device>>(&key, &name)?;
    let rows = sqlx::query_as!(
        DeviceView,
        "select id, name, platform, first_seen_at, last_seen_at
           from auth.device
          where user_id = $1
            and id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
          order by id desc
          limit $3",
        viewer.uuid(),
        after.map(Id::uuid),
        i64::from(limit) + 1,
    )
    .fetch_all(here.db.reader())
    .await?;
    Page::cut(rows, limit, &key, &name, |row| row.id)
}
