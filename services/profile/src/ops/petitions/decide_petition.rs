//! Decides a petition, or takes back what was granted, and tells whoever made it (P5, P6).

use contracts::{
    ids::{self, Order},
    profile::{PetitionOutcome, PetitionReason, TrustReviewed, VerificationDecided},
};
use garde::Validate;
use host::{Here, Tx};
use kernel::{Actor, Fault, Id, Role, Standing, User, text::plain};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::hold_petition;
use crate::{
    fault::{CaseRefusal, PetitionRefusal},
    model::petition::{About, KEPT_FOR, Mover, PETITION, Petition, PetitionDeed, PetitionState, REPLACE, Ruling},
    store::{
        petitions::{badges, deals, documents, log, petition},
        profiles, trusts,
    },
};

/// Where deals are named that don't count any more.
const STRUCK: &str = "/struck";

/// What is decided.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"outcome": "rejected", "reason": "mismatch", "statement": "The card is somebody else's.", "note": ""}))]
pub struct DecidePetition {
    #[garde(skip)]
    pub outcome: PetitionOutcome,
    /// Why it is rejected or taken back; `null` where it is approved.
    #[garde(skip)]
    #[serde(default)]
    pub reason: Option<PetitionReason>,
    /// What whoever made it is told in your own words.
    #[garde(length(chars, max = 1000), custom(plain))]
    #[serde(default)]
    #[schema(example = "The number can't be read.")]
    pub statement: String,
    /// What other moderators should know.
    #[garde(length(chars, max = 1000), custom(plain))]
    #[serde(default)]
    #[schema(example = "Second try.")]
    pub note: String,
    /// Where a badge is approved: the name you have seen on the profile, which it is for.
    #[garde(length(chars, max = 50))]
    #[serde(default)]
    #[schema(example = "Amina Juma")]
    pub shown_as: String,
    /// Where a look at trust is approved: the deals that don't count any more.
    #[garde(skip)]
    #[serde(default)]
    pub struck: Vec<Id<Order>>,
}

impl DecidePetition {
    /// By the names of what was chosen.
    pub fn chosen(outcome: &str, reason: &str) -> Result<Self, Fault> {
        let outcome = PetitionOutcome::named(outcome).ok_or(CaseRefusal::OutcomeMissing)?;
        let (reason, none) = (PetitionReason::named(reason), String::new);
        Ok(Self { outcome, reason, statement: none(), note: none(), shown_as: none(), struck: Vec::new() })
    }

    /// A reason is named where something is refused, and nowhere else; one that is in no list is put in words.
    fn must_fit(&self, about: About) -> Result<(), Fault> {
        let is_approved = self.outcome == PetitionOutcome::Approved;
        match self.reason {
            Some(_) if is_approved => return Err(PetitionRefusal::ReasonUnneeded.into()),
            None if !is_approved => return Err(PetitionRefusal::ReasonMissing.into()),
            Some(PetitionReason::Other) if self.statement.trim().is_empty() => {
                return Err(CaseRefusal::StatementMissing.into());
            }
            _ => {}
        }
        let strikes = !self.struck.is_empty();
        if strikes == (is_approved && about == About::Trust) { Ok(()) } else { Err(PetitionRefusal::DealsMissing(STRUCK).into()) }
    }
}

pub async fn decide_petition(here: &Here, actor: &Actor, id: Id<ids::Petition>, cmd: &DecidePetition) -> Result<(), Fault> {
    let moderator = actor.must_be(Role::Moderator)?;
    host::write!(here.db, async |tx| {
        let petition = hold_petition(tx, moderator, id).await?;
        let state = petition.decide(moderator, cmd.outcome, tx.now())?;
        cmd.must_fit(petition.about)?;
        let approves = petition.about.badge().is_some() && cmd.outcome == PetitionOutcome::Approved;
        // Whoever changes their name, and whoever decides about another badge of theirs, does so before or after it.
        let standing = profiles::lock(tx, petition.user).await?;
        if approves {
            must_be_called(tx, standing, petition.user, &cmd.shown_as).await?;
            let replaced = PETITION.step(PetitionState::Approved, REPLACE, Mover::Moderator);
            petition::replace(tx, petition.user, petition.about, replaced.ok_or_else(Fault::not_found)?).await?;
        }
        let shown_as = approves.then_some(cmd.shown_as.as_str());
        let ruling = Ruling { moderator, reason: cmd.reason, statement: cmd.statement.trim(), shown_as };
        let version = petition::decide(tx, id, state, &ruling).await?;
        documents::keep_until(tx, id, tx.now().plus(KEPT_FOR)).await?;
        log::write(tx, id, moderator, PetitionDeed::from(cmd.outcome), cmd.note.trim()).await?;
        match petition.about.badge() {
            Some(badge) => {
                badges::settle(tx, petition.user).await?;
                let (version, held) = (badges::count(tx, petition.user).await?, badges::held(tx, petition.user).await?);
                let badges = held.into_iter().filter_map(About::badge).collect();
                let (outcome, reason) = (cmd.outcome, cmd.reason);
                tx.publish(&VerificationDecided { petition: id, user: petition.user, version, badge, outcome, reason, badges })
            }
            None => strike_in(tx, id, &petition, cmd, version).await,
        }
    })
}

/// A badge is for a name: one that was changed after the moderator saw it would borrow it.
async fn must_be_called(tx: &mut Tx, standing: Option<Standing>, user: Id<User>, shown_as: &str) -> Result<(), Fault> {
    if standing.is_none_or(|standing| standing == Standing::Erased) {
        return Err(Fault::not_found());
    }
    let face = profiles::find_face(tx, user).await?.ok_or_else(Fault::not_found)?;
    if face.display_name == shown_as { Ok(()) } else { Err(PetitionRefusal::NameChanged.into()) }
}

/// Has deals count no more, or again, and the seller judged anew.
async fn strike_in(
    tx: &mut Tx,
    id: Id<ids::Petition>,
    petition: &Petition,
    cmd: &DecidePetition,
    version: i64,
) -> Result<(), Fault> {
    let (mut struck, user) = (cmd.struck.iter().map(|order| order.uuid()).collect::<Vec<Uuid>>(), petition.user);
    struck.sort_unstable();
    struck.dedup();
    match cmd.outcome {
        PetitionOutcome::Approved if deals::strike(tx, id, &struck).await? != struck.len() as u64 => {
            return Err(PetitionRefusal::DealUnknown(STRUCK).into());
        }
        PetitionOutcome::Approved => {}
        PetitionOutcome::Rejected | PetitionOutcome::Revoked => deals::restore(tx, id).await?,
    }
    trusts::mark(tx, user).await?;
    let (struck, outcome, reason) = (i64::try_from(struck.len()).map_err(Fault::internal)?, cmd.outcome, cmd.reason);
    tx.publish(&TrustReviewed { petition: id, user, version, outcome, reason, struck })
}
