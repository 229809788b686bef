//! Erases what is a person's alone.

use contracts::profile::Unfollowed;
use host::Tx;
use kernel::{Fault, Id, User};

use super::ties::retell_ties::block_changed;
use crate::{
    model::portrait::Portrait,
    store::{
        interests, locks, mentions,
        moderation::{cases, reports},
        petitions::{documents, petition},
        portraits, profiles, shops,
        ties::{self, Told},
        trusts, usernames,
    },
};

pub async fn erase_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    // First the person: whoever follows them at this moment is done by then, and is seen below.
    locks::person(tx, user).await?;
    // Cases before the profile, as whoever decides one takes them.
    cases::erase(tx, user).await?;
    reports::erase(tx, user).await?;
    petition::erase(tx, user).await?;
    documents::erase(tx, user).await?;
    profiles::erase(tx, user, version).await?;
    usernames::release_all_of(tx, user).await?;
    trusts::erase(tx, user).await?;
    mentions::erase(tx, user).await?;
    shops::erase_of(tx, user).await?;
    interests::set(tx, user, &[]).await?;
    for kind in Portrait::ALL {
        portraits::clear(tx, user, *kind).await?;
    }
    for tie in ties::cut_all_of(tx, user).await? {
        let (follower, followee, version) = (tie.subject, tie.object, tie.version);
        if tie.follows {
            tx.publish(&Unfollowed { follower, followee, version })?;
        }
        if tie.blocks {
            tx.publish(&block_changed(Told { blocks: false, ..tie }))?;
        }
    }
    Ok(())
}
