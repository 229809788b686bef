//! What profile tells.

use contracts::profile::{
    BlockChanged, CaseDecided, FollowRequested, Followed, Mentioned, ProfileChanged, RequestAccepted, TrustReviewed,
    UserModerated, VerificationDecided,
};
use host::{Here, Traced, Tx};
use kernel::Fault;

use crate::ops;

pub async fn profile_changed(tx: &mut Tx, _: &Here, fact: ProfileChanged) -> Result<(), Fault> {
    ops::copy_person::profile_in(tx, &fact).await
}

pub async fn user_moderated(tx: &mut Tx, _: &Here, fact: UserModerated) -> Result<(), Fault> {
    ops::copy_person::withheld_in(tx, &fact).await
}

pub async fn followed(tx: &mut Tx, here: &Here, facts: Vec<Traced<Followed>>) -> Result<(), Fault> {
    ops::tell_account::followed_in(tx, here, &facts).await
}

pub async fn follow_requested(tx: &mut Tx, here: &Here, fact: FollowRequested) -> Result<(), Fault> {
    ops::tell_account::follow_requested_in(tx, here, &fact).await
}

pub async fn request_accepted(tx: &mut Tx, here: &Here, fact: RequestAccepted) -> Result<(), Fault> {
    ops::tell_account::request_accepted_in(tx, here, &fact).await
}

pub async fn mentioned(tx: &mut Tx, here: &Here, fact: Mentioned) -> Result<(), Fault> {
    ops::tell_account::mentioned_in(tx, here, &fact).await
}

pub async fn case_decided(tx: &mut Tx, here: &Here, fact: CaseDecided) -> Result<(), Fault> {
    ops::tell_account::case_decided_in(tx, here, &fact).await
}

pub async fn verification_decided(tx: &mut Tx, here: &Here, fact: VerificationDecided) -> Result<(), Fault> {
    ops::tell_account::verification_decided_in(tx, here, &fact).await
}

pub async fn trust_reviewed(tx: &mut Tx, here: &Here, fact: TrustReviewed) -> Result<(), Fault> {
    ops::tell_account::trust_reviewed_in(tx, here, &fact).await
}

pub async fn block_changed(tx: &mut Tx, _: &Here, fact: BlockChanged) -> Result<(), Fault> {
    ops::copy_person::block_in(tx, &fact).await
}
