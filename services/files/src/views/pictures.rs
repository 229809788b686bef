//! Pictures as neighbours may use them.

use contracts::{files::Owned, ids::Media};
use host::Here;
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

use crate::model::media::Developed;

struct Row {
    id: Id<Media>,
    version: i64,
    picture: Option<Developed>,
}

/// Those of these that are public pictures of `owner`'s, ready or being worked on, in the order asked.
pub async fn pictures_of(here: &Here, owner: Id<User>, media: &[Id<Media>]) -> Result<Vec<Owned>, Fault> {
    let media: Vec<Uuid> = media.iter().map(|media| media.uuid()).collect();
    let rows = sqlx::query_as!(
        Row,
        "select media.id, media.version, media.picture
           from unnest($2::uuid[]) with ordinality as asked (media, place)
           join files.media on media.id = asked.media
          where media.owner = $1
            and media.visibility = 'public'
            and media.format <> 'pdf'
            and media.state in ('processing', 'ready')
          order by asked.place",
        owner.uuid(),
        &media,
    )
    .fetch_all(here.db.reader())
    .await?;
    let owned = |row: Row| Owned { media: row.id, version: row.version, picture: row.picture.map(|picture| picture.0) };
    Ok(rows.into_iter().map(owned).collect())
}
