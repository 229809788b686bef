//! The top-up rows.

use contracts::ids;
use host::Tx;
use kernel::{Currency, Fault, Id, Money, User};

use crate::model::{
    provider::Provider,
    top_up::{Ending, TopUp, TopUpState},
};

pub async fn insert(tx: &mut Tx, top_up: &TopUp) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into payment.top_up (id, reference, user_id, provider, currency, amount, state, opened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        top_up.id.uuid(),
        top_up.reference,
        top_up.user.uuid(),
        top_up.provider.name(),
        top_up.amount.currency().code(),
        top_up.amount.minor(),
        top_up.state.name(),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A top-up as this provider knows it, locked until the transaction ends.
pub async fn lock(tx: &mut Tx, provider: Provider, reference: &str) -> Result<Option<TopUp>, Fault> {
    let row = sqlx::query_as!(
        Row,
        "select id, reference, user_id, provider, currency, amount, state
           from payment.top_up
          where reference = $1
            and provider = $2
            for update",
        reference,
        provider.name(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Row::top_up))
}

pub async fn find(tx: &mut Tx, id: Id<ids::TopUp>) -> Result<Option<TopUp>, Fault> {
    let row = sqlx::query_as!(
        Row,
        "select id, reference, user_id, provider, currency, amount, state
           from payment.top_up
          where id = $1",
        id.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Row::top_up))
}

pub async fn close(tx: &mut Tx, id: Id<ids::TopUp>, ending: Ending) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "update payment.top_up
            set state = $2, reason = $3, closed_at = $4
          where id = $1",
        id.uuid(),
        ending.state().name(),
        ending.reason(),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

struct Row {
    id: Id<ids::TopUp>,
    reference: String,
    user_id: Id<User>,
    provider: Provider,
    currency: Currency,
    amount: i64,
    state: TopUpState,
}

impl Row {
    fn top_up(self) -> TopUp {
        TopUp {
            id: self.id,
            reference: self.reference,
            user: self.user_id,
            provider: self.provider,
            amount: Money::new(self.amount, self.currency),
            state: self.state,
        }
    }
}
