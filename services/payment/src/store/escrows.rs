//! The escrow rows: one per reference anybody ever named.

use contracts::ids::Escrow;
use host::Tx;
use kernel::{Currency, Fault, Id, Money, Timestamp, User};

use crate::model::escrow::{Deal, EscrowState};

/// An escrow as it is kept; one that was void from the start has no deal.
#[derive(Debug)]
pub struct Known {
    pub state: EscrowState,
    pub deal: Option<Deal>,
}

/// Inserts a deal; false where its reference is known already.
pub async fn insert(tx: &mut Tx, deal: &Deal, state: EscrowState) -> Result<bool, Fault> {
    let now = tx.now();
    let inserted = sqlx::query!(
        "insert into payment.escrow
                (id, reference, state, payer, payee, domain, currency, amount, fee_base, fee, title, opened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (reference) do nothing",
        deal.id.uuid(),
        deal.reference,
        state.name(),
        deal.payer.uuid(),
        deal.payee.uuid(),
        deal.domain,
        deal.amount.currency().code(),
        deal.amount.minor(),
        deal.fee_base.minor(),
        deal.fee.minor(),
        deal.title,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Closes a reference nobody has named; false where somebody has.
pub async fn insert_void(tx: &mut Tx, id: Id<Escrow>, reference: &str, state: EscrowState) -> Result<bool, Fault> {
    let now = tx.now();
    let inserted = sqlx::query!(
        "insert into payment.escrow (id, reference, state, opened_at, closed_at)
         values ($1, $2, $3, $4, $4)
         on conflict (reference) do nothing",
        id.uuid(),
        reference,
        state.name(),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// An escrow's row, locked until the transaction ends.
pub async fn lock(tx: &mut Tx, reference: &str) -> Result<Option<Known>, Fault> {
    let row = sqlx::query_as!(
        Row,
        "select id, reference, state, payer, payee, domain, currency, amount, fee_base, fee, title
           from payment.escrow
          where reference = $1
            for update",
        reference,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Row::known))
}

/// Writes how an escrow ended.
pub async fn close(tx: &mut Tx, id: Id<Escrow>, state: EscrowState, matures_at: Option<Timestamp>) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "update payment.escrow
            set state = $2, closed_at = $3, matures_at = $4
          where id = $1",
        id.uuid(),
        state.name(),
        now,
        matures_at,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Marks a released escrow as matured; `None` where that was done before, or it isn't time yet.
pub async fn mature(tx: &mut Tx, id: Id<Escrow>) -> Result<Option<Deal>, Fault> {
    let now = tx.now();
    let row = sqlx::query_as!(
        Row,
        "update payment.escrow
            set matured_at = $2
          where id = $1
            and state = 'released'
            and matured_at is null
            and matures_at <= $2
         returning id, reference, state, payer, payee, domain, currency, amount, fee_base, fee, title",
        id.uuid(),
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.and_then(Row::deal))
}

/// The released escrows of a payee whose time has come and whose job hasn't.
pub async fn due(tx: &mut Tx, payee: Id<User>) -> Result<Vec<Id<Escrow>>, Fault> {
    let now = tx.now();
    let due = sqlx::query_scalar!(
        "select id
           from payment.escrow
          where payee = $1
            and state = 'released'
            and matured_at is null
            and matures_at <= $2
          order by id",
        payee.uuid(),
        now,
    );
    Ok(due.fetch_all(tx.conn()).await?)
}

struct Row {
    id: Id<Escrow>,
    reference: String,
    state: EscrowState,
    payer: Option<Id<User>>,
    payee: Option<Id<User>>,
    domain: Option<String>,
    currency: Option<Currency>,
    amount: Option<i64>,
    fee_base: Option<i64>,
    fee: Option<i64>,
    title: Option<String>,
}

impl Row {
    fn known(self) -> Known {
        Known { state: self.state, deal: self.deal() }
    }

    /// All there or, as `escrow_void_is_empty` says, nothing.
    fn deal(self) -> Option<Deal> {
        let currency = self.currency?;
        let money = |minor: i64| Money::new(minor, currency);
        Some(Deal {
            id: self.id,
            reference: self.reference,
            payer: self.payer?,
            payee: self.payee?,
            domain: self.domain?,
            amount: self.amount.map(money)?,
            fee_base: self.fee_base.map(money)?,
            fee: self.fee.map(money)?,
            title: self.title?,
        })
    }
}
