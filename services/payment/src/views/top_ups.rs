//! A top-up, as the one who asked for it sees it.

use contracts::ids::TopUp;
use host::Here;
use kernel::{Fault, Id, Money, Timestamp, User};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{provider::Provider, top_up::TopUpState};

/// Money on its way into a wallet.
#[derive(Debug, Serialize, ToSchema)]
pub struct TopUpView {
    pub id: Id<TopUp>,
    pub status: TopUpState,
    pub amount: Money,
    pub method: Provider,
    /// Why it failed: a stable code.
    #[schema(example = json!(null))]
    pub reason: Option<String>,
    pub opened_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

pub async fn by_id(here: &Here, viewer: Id<User>, id: Id<TopUp>) -> Result<TopUpView, Fault> {
    let row = sqlx::query!(
        "select id, state, currency, amount, provider, reason, opened_at, closed_at
           from payment.top_up
          where id = $1
            and user_id = $2",
        id.uuid(),
        viewer.uuid(),
    )
    .fetch_optional(here.db.reader())
    .await?
    .ok_or_else(Fault::not_found)?;
    Ok(TopUpView {
        id: row.id,
        status: row.state,
        amount: Money::new(row.amount, row.currency),
        method: row.provider,
        reason: row.reason,
        opened_at: row.opened_at,
        closed_at: row.closed_at,
    })
}
