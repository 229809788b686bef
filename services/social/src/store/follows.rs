//! The copy of who follows whom.

use host::Tx;
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

/// What a fact told about a pair, and whether they are one from then on.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    pub follower: Id<User>,
    pub followee: Id<User>,
    pub active: bool,
    pub version: i64,
}

/// Keeps what was told, of each pair the newest, unless something newer is known of it.
pub async fn apply(tx: &mut Tx, mut told: Vec<Pair>) -> Result<(), Fault> {
    told.sort_unstable_by_key(|pair| (pair.follower.uuid(), pair.followee.uuid(), std::cmp::Reverse(pair.version)));
    told.dedup_by_key(|pair| (pair.follower, pair.followee));
    let (followers, followees): (Vec<Uuid>, Vec<Uuid>) =
        told.iter().map(|pair| (pair.follower.uuid(), pair.followee.uuid())).unzip();
    let (active, versions): (Vec<bool>, Vec<i64>) = told.iter().map(|pair| (pair.active, pair.version)).unzip();
    sqlx::query!(
        "insert into social.follow as pair (follower, followee, active, version)
         select follower, followee, active, version
           from unnest($1::uuid[], $2::uuid[], $3::bool[], $4::bigint[]) as told (follower, followee, active, version)
         on conflict (follower, followee) do update
            set active = excluded.active, version = excluded.version
          where pair.version < excluded.version",
        &followers,
        &followees,
        &active,
        &versions,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
