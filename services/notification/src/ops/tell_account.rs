//! Tells a person what happened to their account: that it is open, who began to follow them or asks to, and what moderators decided.

use std::time::Duration;

use contracts::{
    auth::AccountOpened,
    profile::{CaseDecided, FollowRequested, Followed, Mentioned, RequestAccepted, TrustReviewed, VerificationDecided},
};
use host::{Here, Tx};
use kernel::{Fault, Id, User};

use super::tell::tell_in;
use crate::{
    model::{
        kind::Kind,
        notice::{self, Notice},
    },
    store::{notifications, persons},
};

/// Who follows, leaves and follows again within this time is told once.
const ONE_FOLLOW: Duration = Duration::from_hours(24);

/// A request is answered within this time, or whoever followed after it is news again.
const ONE_REQUEST: Duration = Duration::from_hours(24 * 90);

pub async fn opened_in(tx: &mut Tx, here: &Here, fact: &AccountOpened) -> Result<(), Fault> {
    tell_in(tx, here, &[notice::account_opened(fact)]).await
}

/// Who let somebody follow them was told when they were asked.
pub async fn followed_in(tx: &mut Tx, here: &Here, fact: &Followed) -> Result<(), Fault> {
    let since = tx.now().minus(ONE_REQUEST);
    if notifications::told_since(tx, Kind::FollowRequest, fact.followee, fact.follower, since).await? {
        return Ok(());
    }
    once_in(tx, here, fact.follower, notice::followed(fact)).await
}

pub async fn follow_requested_in(tx: &mut Tx, here: &Here, fact: &FollowRequested) -> Result<(), Fault> {
    once_in(tx, here, fact.follower, notice::follow_requested(fact)).await
}

pub async fn request_accepted_in(tx: &mut Tx, here: &Here, fact: &RequestAccepted) -> Result<(), Fault> {
    once_in(tx, here, fact.followee, notice::request_accepted(fact)).await
}

pub async fn mentioned_in(tx: &mut Tx, here: &Here, fact: &Mentioned) -> Result<(), Fault> {
    once_in(tx, here, fact.user, notice::mentioned(fact)).await
}

pub async fn case_decided_in(tx: &mut Tx, here: &Here, fact: &CaseDecided) -> Result<(), Fault> {
    tell_in(tx, here, &[notice::case_decided(fact)]).await
}

pub async fn verification_decided_in(tx: &mut Tx, here: &Here, fact: &VerificationDecided) -> Result<(), Fault> {
    tell_in(tx, here, &[notice::verification_decided(fact)]).await
}

pub async fn trust_reviewed_in(tx: &mut Tx, here: &Here, fact: &TrustReviewed) -> Result<(), Fault> {
    tell_in(tx, here, &[notice::trust_reviewed(fact)]).await
}

/// Tells it unless the same was told of the same person a while ago.
async fn once_in(tx: &mut Tx, here: &Here, about: Id<User>, notice: Notice) -> Result<(), Fault> {
    // The lock makes two follows of one pair that arrive together take turns.
    persons::lock(tx, &[about, notice.to]).await?;
    let since = tx.now().minus(ONE_FOLLOW);
    if notifications::told_since(tx, notice.kind, notice.to, about, since).await? {
        return Ok(());
    }
    tell_in(tx, here, &[notice]).await
}
