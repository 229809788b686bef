//! Answers somebody who asks to follow, or takes one's own request back (P3).

use contracts::profile::{Followed, RequestAccepted};
use host::{Here, Tx};
use kernel::{Actor, Fault, Id, User};

use crate::{
    ops::hold,
    store::{
        requests,
        ties::{self, Pair},
    },
};

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Accept,
    Decline,
}

/// Answers a request to follow the actor; nobody else has one to answer. 404 where there is none, any more or ever.
pub async fn answer_request(here: &Here, actor: &Actor, follower: Id<User>, answer: Answer) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        hold(tx, user, follower).await?;
        let pair = Pair { subject: follower, object: user };
        if requests::end(tx, &[pair]).await? > 0 { settle_in(tx, pair, answer).await } else { Err(Fault::not_found()) }
    })
}

/// Takes the actor's own request back; taking none back changes nothing.
pub async fn withdraw_request(here: &Here, actor: &Actor, followee: Id<User>) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        hold(tx, user, followee).await?;
        requests::end(tx, &[Pair { subject: user, object: followee }]).await?;
        Ok(())
    })
}

/// What an answer brings, once its request is gone. Who is declined isn't told.
pub(in crate::ops) async fn settle_in(tx: &mut Tx, pair: Pair, answer: Answer) -> Result<(), Fault> {
    let (follower, followee) = (pair.subject, pair.object);
    if answer == Answer::Decline {
        return Ok(());
    }
    let Some(version) = ties::follow(tx, &[pair]).await?.remove(&pair) else { return Ok(()) };
    tx.publish(&Followed { follower, followee, version })?;
    tx.publish(&RequestAccepted { follower, followee, version })
}
