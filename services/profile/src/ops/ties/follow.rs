//! Follows somebody, or asks to.

use contracts::profile::{FollowRequested, Followed};
use host::{Command, Here, Outcomes, Traced, Tx};
use kernel::{Actor, Fault, Id, User};

use crate::{
    fault::Refusal,
    model::relationship::Between,
    ops::hold_all,
    store::{
        requests,
        ties::{self, Pair, Versions},
    },
};

/// The subject wants to follow the object; many such wishes share a commit.
#[derive(Debug)]
pub struct Follow(Pair);
impl Command for Follow {
    type Answer = ();
    type Key = Pair;
    const NAME: &'static str = "follow";

    fn key(&self) -> Pair {
        self.0.whichever_way()
    }

    /// Follows for all of them: each as if it came alone.
    async fn apply(tx: &mut Tx, _: &Here, batch: &[Traced<Self>]) -> Outcomes<Self> {
        let pairs: Vec<Pair> = batch.iter().map(|wish| wish.0).collect();
        let ways: Vec<Result<Way, Fault>> = hold_all(tx, &pairs).await?.into_iter().map(|held| held.and_then(way)).collect();
        let going =
            |to| pairs.iter().zip(&ways).filter(move |(_, way)| **way == Ok(to)).map(|(pair, _)| *pair).collect::<Vec<_>>();
        let asked = requests::ask(tx, &going(Way::Ask)).await?;
        let begun = ties::follow(tx, &going(Way::Begin)).await?;
        for wish in batch {
            tell(tx, wish, &asked, &begun)?;
        }
        Ok(ways.into_iter().map(|way| way.map(drop)).collect())
    }
}

/// What comes of the wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It is so already.
    Stay,
    /// A private account is asked (P3).
    Ask,
    Begin,
}

/// Follows `followee`; following twice is following once. Whom one may not see (X6), one can't follow.
pub async fn follow(here: &Here, actor: &Actor, followee: Id<User>) -> Result<(), Fault> {
    here.together(Follow(Pair { subject: actor.user()?, object: followee })).await
}

fn way(between: Between) -> Result<Way, Fault> {
    let (asks, is_oneself) = (between.private && !between.is_oneself, between.is_oneself);
    let stands = between.decide();
    if !stands.visible {
        return Err(Fault::not_found());
    }
    if is_oneself {
        return Err(Refusal::FollowsOneself.into());
    }
    Ok(if stands.following {
        Way::Stay
    } else if asks {
        Way::Ask
    } else {
        Way::Begin
    })
}

fn tell(tx: &mut Tx, wish: &Traced<Follow>, asked: &Versions, begun: &Versions) -> Result<(), Fault> {
    let Pair { subject: follower, object: followee } = wish.0;
    if let Some(version) = asked.get(&wish.0).copied() {
        wish.as_its_step(|| tx.publish(&FollowRequested { follower, followee, version }))?;
    }
    if let Some(version) = begun.get(&wish.0).copied() {
        wish.as_its_step(|| tx.publish(&Followed { follower, followee, version }))?;
    }
    Ok(())
}
