//! The device rows.

use contracts::ids::Device;
use host::Tx;
use kernel::{Fault, Id, Timestamp, User};

use crate::model::device::Look;

pub async fn insert(tx: &mut Tx, id: Id<Device>, user: Id<User>, look: &Look) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into auth.device (id, user_id, name, platform, first_seen_at, last_seen_at)
         values ($1, $2, $3, $4, $5, $5)",
        id.uuid(),
        user.uuid(),
        look.name,
        look.platform,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whether this person has used the device before. Nobody has used none, and nobody is no person: the same query all the same.
pub async fn is_known(tx: &mut Tx, id: Option<Id<Device>>, user: Option<Id<User>>) -> Result<bool, Fault> {
    let known = sqlx::query_scalar!(
        "select 1
           from auth.device
          where id = $1
            and user_id = $2",
        id.map(Id::uuid),
        user.map(Id::uuid),
    );
    Ok(known.fetch_optional(tx.conn()).await?.is_some())
}

/// Somebody is on the device now; false where this person hasn't used it before.
pub async fn touch(tx: &mut Tx, id: Id<Device>, user: Id<User>) -> Result<bool, Fault> {
    let now = tx.now();
    let touched = sqlx::query!(
        "update auth.device
            set last_seen_at = $3
          where id = $1
            and user_id = $2",
        id.uuid(),
        user.uuid(),
        now,
    );
    Ok(touched.execute(tx.conn()).await?.rows_affected() == 1)
}

pub async fn delete_of(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!("delete from auth.device where user_id = $1", user.uuid()).execute(tx.conn()).await?;
    Ok(())
}

/// Devices that nobody came by any more, and that no session is open on.
pub async fn delete_unused(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let deleted = sqlx::query!(
        "delete from auth.device
          where ctid = any (array(select ctid
                                    from auth.device
                                   where last_seen_at < $1
                                     and not exists (select 1
                                                       from auth.session
                                                      where session.device_id = device.id)
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected())
}
