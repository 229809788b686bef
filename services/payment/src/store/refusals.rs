//! Which refusals were told.

use host::Tx;
use kernel::Fault;

use crate::{fault::Refusal, model::escrow::Deal};

/// Marks a deal's refusal as told; false where it was told before, or another try has held the money meanwhile.
pub async fn insert(tx: &mut Tx, deal: &Deal, reason: Refusal) -> Result<bool, Fault> {
    let now = tx.now();
    let inserted = sqlx::query!(
        "insert into payment.refusal (reference, payer, reason, at)
         select $1, $2, $3, $4
          where not exists (select 1 from payment.escrow where reference = $1)
         on conflict (reference) do nothing",
        deal.reference,
        deal.payer.uuid(),
        reason.code(),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(inserted.rows_affected() == 1)
}
