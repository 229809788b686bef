//! Avatars and covers.

use contracts::ids::Media;
use host::Tx;
use kernel::{Fault, Id, User};

use crate::model::portrait::{Kept, Portrait};

/// Shows somebody by this picture, which may still be worked on.
pub async fn set(tx: &mut Tx, user: Id<User>, kind: Portrait, media: Id<Media>, picture: Option<&Kept>) -> Result<(), Fault> {
    sqlx::query!(
        "insert into profile.portrait (user_id, kind, media_id, picture)
         values ($1, $2, $3, $4)
         on conflict (user_id, kind) do update
            set media_id = $3, picture = $4",
        user.uuid(),
        kind.name(),
        media.uuid(),
        picture.map(|kept| &kept.picture),
    )
    .execute(tx.conn())
    .await?;
    show(tx, user, kind, picture).await
}

/// The picture is ready; nothing changes where somebody has another one by now.
pub async fn settle(tx: &mut Tx, user: Id<User>, kind: Portrait, media: Id<Media>, picture: &Kept) -> Result<(), Fault> {
    let settled = sqlx::query!(
        "update profile.portrait
            set picture = $4
          where user_id = $1
            and kind = $2
            and media_id = $3",
        user.uuid(),
        kind.name(),
        media.uuid(),
        picture.picture,
    );
    if settled.execute(tx.conn()).await?.rows_affected() == 0 { Ok(()) } else { show(tx, user, kind, Some(picture)).await }
}

/// Shows somebody by this picture no more; by another one they have chosen since they are.
pub async fn forget(tx: &mut Tx, user: Id<User>, kind: Portrait, media: Id<Media>) -> Result<(), Fault> {
    let forgotten = sqlx::query!(
        "delete from profile.portrait
          where user_id = $1
            and kind = $2
            and media_id = $3",
        user.uuid(),
        kind.name(),
        media.uuid(),
    );
    if forgotten.execute(tx.conn()).await?.rows_affected() == 0 { Ok(()) } else { show(tx, user, kind, None).await }
}

/// Shows somebody by no picture.
pub async fn clear(tx: &mut Tx, user: Id<User>, kind: Portrait) -> Result<(), Fault> {
    sqlx::query!("delete from profile.portrait where user_id = $1 and kind = $2", user.uuid(), kind.name())
        .execute(tx.conn())
        .await?;
    show(tx, user, kind, None).await
}

/// Whom this picture shows, and as what.
pub async fn shown_by(tx: &mut Tx, media: Id<Media>) -> Result<Vec<(Id<User>, Portrait)>, Fault> {
    let shown = sqlx::query!(
        r#"select user_id, kind as "kind: Portrait"
             from profile.portrait
            where media_id = $1"#,
        media.uuid(),
    );
    Ok(shown.fetch_all(tx.conn()).await?.into_iter().map(|row| (row.user_id, row.kind)).collect())
}

/// Keeps an avatar's smallest sizes beside the name.
async fn show(tx: &mut Tx, user: Id<User>, kind: Portrait, picture: Option<&Kept>) -> Result<(), Fault> {
    if kind == Portrait::Avatar {
        let face = picture.map(|kept| &kept.face);
        sqlx::query!("update profile.profile set face = $2 where user_id = $1", user.uuid(), face).execute(tx.conn()).await?;
    }
    Ok(())
}
