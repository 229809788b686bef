//! How much somebody keeps here.

use host::Here;
use kernel::{Fault, Id, User};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::settings::Settings;

/// What counts against the quota: everything uploaded and not deleted, as it came.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsageView {
    #[schema(example = 4_200_000)]
    pub used_bytes: i64,
    #[schema(example = 2_000_000_000)]
    pub quota_bytes: i64,
    #[schema(example = 3)]
    pub count: i64,
}

pub async fn usage(here: &Here, owner: Id<User>) -> Result<UsageView, Fault> {
    let quota_bytes = here.settings::<Settings>()?.quota();
    let found = sqlx::query!(
        r#"select used, (select count(*)
                           from files.media
                          where owner = $1
                            and state in ('processing', 'ready')) as "count!"
             from files.person
            where user_id = $1"#,
        owner.uuid(),
    )
    .fetch_optional(here.db.reader())
    .await?;
    let (used_bytes, count) = found.map_or((0, 0), |found| (found.used, found.count));
    Ok(UsageView { used_bytes, quota_bytes, count })
}
