//! What somebody has.

use host::Here;
use kernel::{Currency, Fault, Id, Money, User};
use serde::Serialize;
use utoipa::ToSchema;

/// A wallet, currency by currency; shillings come first and are always there.
#[derive(Debug, Serialize, ToSchema)]
pub struct WalletView {
    pub balances: Vec<Balance>,
}

/// What somebody has in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct Balance {
    pub currency: Currency,
    /// Can be spent now.
    pub available: Money,
    /// Was earned, and becomes available 48 hours after its release.
    pub held: Money,
}

struct Row {
    currency: Currency,
    available: i64,
    held: i64,
}

/// A payout whose time has come counts as available, however late its job is (X4).
pub async fn wallet(here: &Here, owner: Id<User>) -> Result<WalletView, Fault> {
    let rows = sqlx::query_as!(
        Row,
        r#"select currency as "currency!: Currency", sum(available)::bigint as "available!", sum(held)::bigint as "held!"
             from (select currency, balance as available, 0::bigint as held
                     from payment.account
                    where owner = $1
                      and kind = 'wallet'
                    union all
                   select currency, 0, balance
                     from payment.account
                    where owner = $1
                      and kind = 'pending_payout'
                    union all
                   select currency, amount - fee, fee - amount
                     from payment.escrow
                    where payee = $1
                      and state = 'released'
                      and matured_at is null
                      and matures_at <= $2
                    union all
                   select 'TZS', 0, 0) as part
            group by currency
            order by currency <> 'TZS', currency"#,
        owner.uuid(),
        here.clock.now(),
    )
    .fetch_all(here.db.reader())
    .await?;
    Ok(WalletView { balances: rows.into_iter().map(Row::balance).collect() })
}

impl Row {
    fn balance(self) -> Balance {
        let money = |minor| Money::new(minor, self.currency);
        Balance { currency: self.currency, available: money(self.available), held: money(self.held) }
    }
}
