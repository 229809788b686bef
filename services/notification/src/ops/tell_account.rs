//! Tells a person what happened to their account: that it is open, who began to follow them or asks to, and what moderators decided.

use std::time::Duration;

use contracts::{
    auth::AccountOpened,
    profile::{CaseDecided, FollowRequested, Followed, Mentioned, RequestAccepted, TrustReviewed, VerificationDecided},
};
use host::{Here, Traced, Tx};
use kernel::Fault;

use super::tell::{lock_in, tell_in, tell_to_in};
use crate::{
    model::{
        kind::Kind,
        notice::{self, Notice},
    },
    store::notifications,
};

/// Who follows, leaves and follows again within this time is told once.
const ONE_FOLLOW: Duration = Duration::from_hours(24);

/// A request is answered within this time, or whoever followed after it is news again.
const ONE_REQUEST: Duration = Duration::from_hours(24 * 90);

pub async fn opened_in(tx: &mut Tx, here: &Here, fact: &AccountOpened) -> Result<(), Fault> {
    tell_in(tx, here, &[notice::account_opened(fact)]).await
}

/// Who let somebody follow them was told when they were asked.
pub async fn followed_in(tx: &mut Tx, here: &Here, facts: &[Traced<Followed>]) -> Result<(), Fault> {
    let since = tx.now().minus(ONE_REQUEST);
    let pairs: Vec<_> = facts.iter().map(|fact| (fact.followee, fact.follower)).collect();
    let asked = notifications::told_since(tx, Kind::FollowRequest, &pairs, since).await?;
    let news = facts.iter().filter(|fact| !asked.contains(&(fact.followee, fact.follower)));
    once_in(tx, here, Kind::NewFollower, news.map(|fact| fact.with(notice::followed(fact))).collect()).await
}

pub async fn follow_requested_in(tx: &mut Tx, here: &Here, fact: &FollowRequested) -> Result<(), Fault> {
    once_in(tx, here, Kind::FollowRequest, vec![Traced::now(notice::follow_requested(fact))]).await
}

pub async fn request_accepted_in(tx: &mut Tx, here: &Here, fact: &RequestAccepted) -> Result<(), Fault> {
    once_in(tx, here, Kind::RequestAccepted, vec![Traced::now(notice::request_accepted(fact))]).await
}

pub async fn mentioned_in(tx: &mut Tx, here: &Here, fact: &Mentioned) -> Result<(), Fault> {
    once_in(tx, here, Kind::Mention, vec![Traced::now(notice::mentioned(fact))]).await
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

/// Tells what of this kind wasn't told of the same person a while ago.
async fn once_in(tx: &mut Tx, here: &Here, kind: Kind, notices: Vec<Traced<Notice>>) -> Result<(), Fault> {
    if notices.is_empty() {
        return Ok(());
    }
    // The lock makes two follows of one pair that arrive together take turns.
    let people = lock_in(tx, &notices).await?;
    let pairs: Vec<_> = notices.iter().filter_map(|notice| Some((notice.to, notice.about?))).collect();
    let mut told = notifications::told_since(tx, kind, &pairs, tx.now().minus(ONE_FOLLOW)).await?;
    let news = notices.into_iter().filter(|notice| notice.about.is_some_and(|about| told.insert((notice.to, about))));
    tell_to_in(tx, here, &news.collect::<Vec<_>>(), &people).await
}
