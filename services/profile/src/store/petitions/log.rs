//! What was done about petitions: lines are written, and never changed.

use contracts::ids::Petition;
use host::Tx;
use kernel::{Fault, Id, User};

use crate::model::petition::PetitionDeed;

/// Writes down who did what; the note is for moderators.
pub async fn write(tx: &mut Tx, petition: Id<Petition>, by: Id<User>, deed: PetitionDeed, note: &str) -> Result<(), Fault> {
    line(tx, petition, by, deed, None, note).await
}

/// Writes down who opened which document, and why.
pub async fn opened(tx: &mut Tx, petition: Id<Petition>, by: Id<User>, place: i16, reason: &str) -> Result<(), Fault> {
    line(tx, petition, by, PetitionDeed::Opened, Some(place), reason).await
}

async fn line(
    tx: &mut Tx,
    petition: Id<Petition>,
    by: Id<User>,
    deed: PetitionDeed,
    place: Option<i16>,
    note: &str,
) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into profile.petition_log (petition_id, by, deed, place, note, at)
         values ($1, $2, $3, $4, $5, $6)",
        petition.uuid(),
        by.uuid(),
        deed.name(),
        place,
        note,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
