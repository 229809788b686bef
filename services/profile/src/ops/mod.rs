//! What can be done with profiles.

pub mod change_privacy;
pub mod copy_shop;
pub mod erase_account;
pub mod faces;
pub mod fold_counts;
pub mod lock_account;
pub mod moderation;
pub mod open_profile;
pub mod petitions;
pub mod retell_profiles;
pub mod sweep;
pub mod ties;
pub mod trust;

use host::Tx;
use kernel::{Fault, Id, Standing, User};

use crate::{
    fault::Refusal,
    model::relationship::Between,
    store::{
        locks, profiles,
        ties::{Pair, between_all},
    },
};

/// What is between the actor and somebody, held until the transaction ends. Who is locked or erased changes nothing of it, whatever token
/// they still have (X12).
async fn hold(tx: &mut Tx, user: Id<User>, object: Id<User>) -> Result<Between, Fault> {
    hold_all(tx, &[Pair { subject: user, object }]).await?.pop().unwrap_or_else(|| Err(Fault::not_found()))
}

/// The same of many pairs, in their order: of each, whether its subject may act, and what is between the two.
async fn hold_all(tx: &mut Tx, pairs: &[Pair]) -> Result<Vec<Result<Between, Fault>>, Fault> {
    locks::pairs(tx, pairs).await?;
    let between = between_all(tx, pairs).await?;
    Ok(between.into_iter().map(|(standing, between)| is_open(standing).map(|()| between)).collect())
}

/// The same of a change to the actor's own profile, which is locked until the transaction ends.
async fn must_be_open(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    is_open(profiles::lock(tx, user).await?)
}

fn is_open(standing: Option<Standing>) -> Result<(), Fault> {
    match standing {
        Some(Standing::Open) => Ok(()),
        Some(_) => Err(Refusal::AccountLocked.into()),
        None => Err(Fault::not_found()),
    }
}
