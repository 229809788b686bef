//! Who waits for whom. Locks of PostgreSQL's that no row knows of: who changes what is between two people holds both of them together
//! with others, and the pair alone; who changes what all of somebody's ties depend on holds that person alone. So the followers of one
//! person don't wait for each other.

use std::collections::BTreeSet;

use host::Tx;
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

use super::ties::Pair;
use crate::model::moderation::Thing;

/// Rooms of their own, in which no number meets one of another room.
const WITHHELD: i32 = 1;
const REPORTS: i32 = 2;
const PETITIONS: i32 = 3;

/// Holds what is between two people, whichever way round, until the transaction ends.
pub async fn pair(tx: &mut Tx, one: Id<User>, other: Id<User>) -> Result<(), Fault> {
    pairs(tx, &[Pair { subject: one, object: other }]).await
}

/// Holds what is between the two of each pair, whichever way round, until the transaction ends. People first and then pairs, each in
/// the order of their numbers, so that nobody waits in a circle.
pub async fn pairs(tx: &mut Tx, pairs: &[Pair]) -> Result<(), Fault> {
    let people: BTreeSet<i64> = pairs.iter().flat_map(|pair| [key(pair.subject), key(pair.object)]).collect();
    let between: BTreeSet<i64> = pairs.iter().map(|pair| number(*pair)).collect();
    // The parts of a union run one after the other, and an array is gone through from its beginning.
    sqlx::query!(
        "select count(held)
           from (select pg_advisory_xact_lock_shared(number) is null as held
                   from unnest($1::bigint[]) as people (number)
                  union all
                 select pg_advisory_xact_lock(number) is null
                   from unnest($2::bigint[]) as between_two (number)) as locks",
        &Vec::from_iter(people),
        &Vec::from_iter(between),
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// Of two people, whichever way round: two numbers that differ in all their bits give one of their own.
fn number(pair: Pair) -> i64 {
    let (one, other) = (key(pair.subject), key(pair.object));
    one.min(other) ^ one.max(other).rotate_left(1)
}

/// Holds a person and everything between them and others, until the transaction ends.
pub async fn person(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!("select pg_advisory_xact_lock($1)", key(user)).fetch_one(tx.conn()).await?;
    Ok(())
}

/// Holds whether a thing is withheld, until the transaction ends.
pub async fn thing(tx: &mut Tx, thing: Thing) -> Result<(), Fault> {
    in_room(tx, WITHHELD, thing.uuid()).await
}

/// Holds what somebody reports, until the transaction ends: their reports take turns, so that they can be counted.
pub async fn reports(tx: &mut Tx, reporter: Id<User>) -> Result<(), Fault> {
    in_room(tx, REPORTS, reporter.uuid()).await
}

/// Holds what somebody asks moderators about themselves, until the transaction ends, for the same reason.
pub async fn petitions(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    in_room(tx, PETITIONS, user.uuid()).await
}

async fn in_room(tx: &mut Tx, room: i32, id: Uuid) -> Result<(), Fault> {
    let [.., a, b, c, d] = id.into_bytes();
    sqlx::query!("select pg_advisory_xact_lock($1, $2)", room, i32::from_be_bytes([a, b, c, d])).fetch_one(tx.conn()).await?;
    Ok(())
}

/// The half of an id that is by chance. Two people with the same one would wait for each other sometimes, and nothing else.
fn key(user: Id<User>) -> i64 {
    user.uuid().as_u64_pair().1.cast_signed()
}
