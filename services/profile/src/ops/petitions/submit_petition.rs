//! Asks moderators to be verified, or to look at one's trust (P5, P6).

use std::time::Duration;

use contracts::ids::{Order, Petition};
use garde::Validate;
use host::{Here, Tx};
use kernel::{
    Actor, Fault, Id, User,
    text::{line, plain},
};
use uuid::Uuid;

use super::hand_in::HandedIn;
use crate::{
    fault::{CaseRefusal, PetitionRefusal},
    model::petition::{About, COUNTED_FOR, MOST_DEALS, MOST_PETITIONS, NewPetition, PetitionDeed},
    ops::moderation::must_be_open,
    store::{
        locks,
        petitions::{badges, deals, documents, log, petition},
    },
};

/// What is asked.
#[derive(Debug, Validate)]
pub struct SubmitPetition {
    #[garde(skip)]
    pub about: About,
    /// As the documents have it.
    #[garde(length(chars, max = 100), custom(line))]
    pub name: String,
    #[garde(length(chars, max = 1000), custom(plain))]
    pub words: String,
    /// Those that count against one's trust and shouldn't.
    #[garde(skip)]
    pub deals: Vec<Id<Order>>,
    #[garde(skip)]
    pub documents: HandedIn,
}

impl SubmitPetition {
    /// Badges need a name and something that shows it; trust needs deals, and words about them.
    fn must_fit(&self) -> Result<(), Fault> {
        if self.about == About::Trust {
            return match self.deals.len() {
                0 => Err(PetitionRefusal::DealsMissing("/deals").into()),
                1..=MOST_DEALS if self.words.trim().is_empty() => Err(CaseRefusal::WordsMissing.into()),
                1..=MOST_DEALS => Ok(()),
                _ => Err(PetitionRefusal::TooManyDeals.into()),
            };
        }
        if self.name.trim().is_empty() {
            return Err(PetitionRefusal::NameMissing.into());
        }
        if self.documents.ids().is_empty() { Err(PetitionRefusal::DocumentsMissing.into()) } else { Ok(()) }
    }
}

/// Of what is refused nothing is kept.
pub async fn submit_petition(here: &Here, actor: &Actor, cmd: SubmitPetition) -> Result<Id<Petition>, Fault> {
    let user = actor.user()?;
    let submitted = submit(here, user, &cmd).await;
    if submitted.is_err() {
        cmd.documents.discard(here).await?;
    }
    submitted
}

async fn submit(here: &Here, user: Id<User>, cmd: &SubmitPetition) -> Result<Id<Petition>, Fault> {
    cmd.must_fit()?;
    let mut orders: Vec<Uuid> = cmd.deals.iter().map(|order| order.uuid()).collect();
    orders.sort_unstable();
    orders.dedup();
    let id = here.ids.next();
    host::write!(here.db, async |tx| {
        locks::petitions(tx, user).await?;
        // Whoever is being erased is so before or after it.
        locks::pair(tx, user, user).await?;
        must_be_open(tx, user).await?;
        may_ask(tx, user, cmd.about).await?;
        let (name, words) = (cmd.name.trim(), cmd.words.trim());
        petition::insert(tx, id, &NewPetition { user, about: cmd.about, name, words }).await?;
        // A moderator may have approved the last one while this waited for it.
        if badges::is_held(tx, user, cmd.about).await? {
            return Err(PetitionRefusal::BadgeHeld.into());
        }
        hand_over(tx, user, id, cmd.documents.ids()).await?;
        if !orders.is_empty() && deals::question(tx, id, user, &orders).await? != orders.len() as u64 {
            return Err(PetitionRefusal::DealUnknown("/deals").into());
        }
        log::write(tx, id, user, PetitionDeed::Submitted, "").await?;
        Ok(id)
    })
}

/// Whoever has a badge needs no other one of its kind, and moderators read one petition of a person about one thing at a time, and three in
/// 30 days.
pub(super) async fn may_ask(tx: &mut Tx, user: Id<User>, about: About) -> Result<(), Fault> {
    if badges::is_held(tx, user, about).await? {
        return Err(PetitionRefusal::BadgeHeld.into());
    }
    let made = petition::since(tx, user, about, tx.now().minus(COUNTED_FOR)).await?;
    if made.waits {
        return Err(PetitionRefusal::PetitionWaits.into());
    }
    if made.count < MOST_PETITIONS {
        return Ok(());
    }
    let wait = made.first.map_or(Duration::ZERO, |first| first.plus(COUNTED_FOR).since(tx.now()));
    Err(PetitionRefusal::TooManyPetitions(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).max(1)).into())
}

/// What took too long to arrive is gone, and has to be handed in again.
async fn hand_over(tx: &mut Tx, user: Id<User>, id: Id<Petition>, handed_in: &[Uuid]) -> Result<(), Fault> {
    let attached = documents::attach(tx, id, user, handed_in).await?;
    if attached == handed_in.len() as u64 { Ok(()) } else { Err(PetitionRefusal::DocumentsMissing.into()) }
}
