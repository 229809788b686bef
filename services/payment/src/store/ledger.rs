//! The ledger: entries are added, never changed; the database applies them to the balances.

use contracts::ids::Entry;
use host::{Constraint, Tx};
use kernel::{Currency, Fault, Id, User};
use sqlx::types::Uuid;

use crate::{
    fault::Refusal,
    model::ledger::{Leg, Movement},
};

/// Enters a movement; an account that would fall below zero refuses it.
pub async fn post(tx: &mut Tx, id: Id<Entry>, movement: &Movement) -> Result<(), Fault> {
    let legs = Legs::of(&movement.legs);
    legs.open(tx, movement.currency).await?;
    let now = tx.now();
    sqlx::query!(
        "with entered as (
             insert into payment.journal (id, kind, reference, title, at)
             values ($1, $2, $3, $4, $5)
         )
         insert into payment.posting (journal, account, amount, currency)
         select $1, account.id, leg.amount, $6
           from unnest($7::text[], $8::uuid[], $9::bigint[]) as leg (kind, owner, amount)
           join payment.account on account.owner = leg.owner and account.kind = leg.kind and account.currency = $6",
        id.uuid(),
        movement.kind.name(),
        movement.reference,
        movement.title,
        now,
        movement.currency.code(),
        &legs.kinds,
        &legs.owners,
        &legs.amounts,
    )
    .execute(tx.conn())
    .await
    .on_constraint("account_not_below_zero", Refusal::InsufficientFunds)?;
    Ok(())
}

/// A movement's legs as the columns a statement takes.
struct Legs {
    kinds: Vec<String>,
    owners: Vec<Uuid>,
    amounts: Vec<i64>,
}

impl Legs {
    fn of(legs: &[Leg]) -> Self {
        Self {
            kinds: legs.iter().map(|leg| leg.account.name().to_owned()).collect(),
            owners: legs.iter().map(|leg| leg.owner.uuid()).collect(),
            amounts: legs.iter().map(|leg| leg.minor).collect(),
        }
    }

    /// Opens the accounts that aren't there yet: people get theirs with the first movement.
    async fn open(&self, tx: &mut Tx, currency: Currency) -> Result<(), Fault> {
        sqlx::query!(
            "insert into payment.account (kind, owner, currency)
             select leg.kind, leg.owner, $3
               from unnest($1::text[], $2::uuid[]) as leg (kind, owner)
              order by leg.owner, leg.kind
             on conflict (owner, kind, currency) do nothing",
            &self.kinds,
            &self.owners,
            currency.code(),
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }
}

/// The currencies somebody has a wallet in.
pub async fn wallets(tx: &mut Tx, owner: Id<User>) -> Result<Vec<Currency>, Fault> {
    let currencies = sqlx::query_scalar!(
        "select currency
           from payment.account
          where owner = $1
            and kind = 'wallet'",
        owner.uuid(),
    );
    Ok(currencies.fetch_all(tx.conn()).await?)
}
