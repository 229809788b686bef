//! Stops following, or removes a follower.

use contracts::profile::Unfollowed;
use host::{Command, Here, Outcomes, Traced, Tx};
use kernel::{Actor, Fault, Id, User};

use crate::{
    ops::hold_all,
    store::{
        requests,
        ties::{self, Pair},
    },
};

/// Which pair of the actor's ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The actor no longer follows this person, nor asks to.
    Followee(Id<User>),
    /// This person no longer follows the actor.
    Follower(Id<User>),
}

/// Somebody wants a follow to end, which is theirs at one of its ends; many such wishes share a commit.
#[derive(Debug)]
pub struct Unfollow {
    actor: Id<User>,
    pair: Pair,
}
impl Command for Unfollow {
    type Answer = ();
    type Key = Pair;
    const NAME: &'static str = "unfollow";

    fn key(&self) -> Pair {
        self.pair.whichever_way()
    }

    /// Ends them all: each as if it came alone.
    async fn apply(tx: &mut Tx, _: &Here, batch: &[Traced<Self>]) -> Outcomes<Self> {
        let from_the_actor = |wish: &Traced<Self>| if wish.is_the_followers() { wish.pair } else { wish.pair.back() };
        let held = hold_all(tx, &batch.iter().map(from_the_actor).collect::<Vec<_>>()).await?;
        let may: Vec<&Traced<Self>> = batch.iter().zip(&held).filter(|(_, held)| held.is_ok()).map(|(wish, _)| wish).collect();
        let requests = may.iter().filter(|wish| wish.is_the_followers()).map(|wish| wish.pair);
        requests::end(tx, &requests.collect::<Vec<_>>()).await?;
        let ended = ties::unfollow(tx, &may.iter().map(|wish| wish.pair).collect::<Vec<_>>()).await?;
        for wish in may {
            if let Some(version) = ended.get(&wish.pair) {
                wish.as_its_step(|| tx.publish(&told(wish.pair, *version)))?;
            }
        }
        Ok(held.into_iter().map(|held| held.map(drop)).collect())
    }
}

/// Ends the pair, whichever of the two asks for it; ending it twice is ending it once.
pub async fn unfollow(here: &Here, actor: &Actor, whose: Whose) -> Result<(), Fault> {
    let user = actor.user()?;
    let pair = match whose {
        Whose::Followee(followee) => Pair { subject: user, object: followee },
        Whose::Follower(follower) => Pair { subject: follower, object: user },
    };
    here.together(Unfollow { actor: user, pair }).await
}

impl Unfollow {
    fn is_the_followers(&self) -> bool {
        self.actor == self.pair.subject
    }
}

/// Ends a follow where there is one, and tells it. What is between the two is held by now.
pub(super) async fn unfollow_in(tx: &mut Tx, pair: Pair) -> Result<(), Fault> {
    match ties::unfollow(tx, &[pair]).await?.get(&pair) {
        Some(version) => tx.publish(&told(pair, *version)),
        None => Ok(()),
    }
}

fn told(pair: Pair, version: i64) -> Unfollowed {
    Unfollowed { follower: pair.subject, followee: pair.object, version }
}
