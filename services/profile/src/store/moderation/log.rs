//! What was done about cases: lines are written, and never changed.

use contracts::ids::Case;
use host::Tx;
use kernel::{Fault, Id, User};

use crate::model::moderation::Deed;

/// Writes down who did what; the note is for moderators.
pub async fn write(tx: &mut Tx, case: Id<Case>, by: Id<User>, deed: Deed, note: &str) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into profile.moderation_log (case_id, by, deed, note, at)
         values ($1, $2, $3, $4, $5)",
        case.uuid(),
        by.uuid(),
        deed.name(),
        note,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
