//! What profile tells.

use contracts::profile::{Followed, PostModerated, Unfollowed};
use host::{Here, Traced, Tx};
use kernel::Fault;

use crate::ops;

pub async fn followed(tx: &mut Tx, _: &Here, facts: Vec<Traced<Followed>>) -> Result<(), Fault> {
    ops::apply_follow::follow_in(tx, &facts).await
}

pub async fn unfollowed(tx: &mut Tx, _: &Here, facts: Vec<Traced<Unfollowed>>) -> Result<(), Fault> {
    ops::apply_follow::unfollow_in(tx, &facts).await
}

pub async fn post_moderated(tx: &mut Tx, _: &Here, fact: PostModerated) -> Result<(), Fault> {
    ops::withhold_post::apply_in(tx, &fact).await
}
