//! Decides a case, withholds what it is about or gives it back, and tells whom it concerns (P8).

use contracts::{
    ids,
    profile::{CaseDecided, CaseParty, Outcome, PostModerated, ProductModerated, ReportReason, ShopModerated, UserModerated},
};
use garde::Validate;
use host::{Here, Tx};
use kernel::{Actor, Fault, Id, Role, text::plain};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{hold_case, tell_reporters::TellReporters};
use crate::{
    fault::CaseRefusal,
    model::moderation::{Case, CaseState, Deed, Thing, Verdict, appeal_until},
    store::moderation::{
        cases, log,
        withheld::{self, Line},
    },
};

/// What is decided.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"outcome": "warned", "reason": "scam", "statement": "Don't ask for money outside.", "note": "First time."}))]
pub struct DecideCase {
    #[garde(skip)]
    pub outcome: Outcome,
    /// The rule it breaks; `null` where it is kept.
    #[garde(skip)]
    #[serde(default)]
    pub reason: Option<ReportReason>,
    /// What its owner is told in your own words.
    #[garde(length(chars, max = 1000), custom(plain))]
    #[serde(default)]
    #[schema(example = "The dress is sold under a name that isn't yours.")]
    pub statement: String,
    /// What other moderators should know.
    #[garde(length(chars, max = 1000), custom(plain))]
    #[serde(default)]
    #[schema(example = "Third time this month.")]
    pub note: String,
}

impl DecideCase {
    /// By the names of what was chosen.
    pub fn chosen(outcome: &str, reason: &str, statement: &str, note: &str) -> Result<Self, Fault> {
        let outcome = Outcome::named(outcome).ok_or(CaseRefusal::OutcomeMissing)?;
        let reason = ReportReason::named(reason);
        Ok(Self { outcome, reason, statement: statement.to_owned(), note: note.to_owned() })
    }

    /// A rule is named where one is broken, and nowhere else; one that is in no list is put in words.
    fn must_fit(&self) -> Result<(), CaseRefusal> {
        match (self.outcome, self.reason) {
            (Outcome::Kept, Some(_)) => Err(CaseRefusal::RuleUnneeded),
            (Outcome::Warned | Outcome::Withheld, None) => Err(CaseRefusal::RuleMissing),
            (_, Some(ReportReason::Other)) if self.statement.trim().is_empty() => Err(CaseRefusal::StatementMissing),
            _ => Ok(()),
        }
    }
}

pub async fn decide_case(here: &Here, actor: &Actor, id: Id<ids::Case>, cmd: &DecideCase) -> Result<(), Fault> {
    let moderator = actor.must_be(Role::Moderator)?;
    cmd.must_fit()?;
    host::write!(here.db, async |tx| {
        let case = hold_case(tx, moderator, id).await?;
        let state = case.decide(moderator, cmd.outcome, tx.now())?;
        let decision = Verdict { moderator, outcome: cmd.outcome, reason: cmd.reason, statement: cmd.statement.trim() };
        let version = cases::decide(tx, id, state, &decision).await?;
        let deed = if case.decided.is_empty() { Deed::Decided } else { Deed::DecidedAgain };
        log::write(tx, id, moderator, deed, cmd.note.trim()).await?;
        if let Some(line) = withheld::settle(tx, case.thing).await? {
            apply_in(tx, &line).await?;
        }
        tell_in(tx, id, &case, state, cmd, version)
    })
}

/// Has it withheld, or given back, by the service whose it is.
async fn apply_in(tx: &mut Tx, line: &Line) -> Result<(), Fault> {
    if let Thing::User(user) = line.thing {
        withheld::set_person(tx, user, line.is_withheld).await?;
    }
    tell_withheld(tx, line)
}

/// Tells it to the service whose it is. People are our own, and others speak of them.
pub(super) fn tell_withheld(tx: &mut Tx, line: &Line) -> Result<(), Fault> {
    let (version, withheld) = (line.version, line.is_withheld);
    match line.thing {
        Thing::User(user) => tx.publish(&UserModerated { user, version, withheld }),
        Thing::Post(post) => tx.publish(&PostModerated { post, version, withheld }),
        Thing::Product(product) => tx.publish(&ProductModerated { product, version, withheld }),
        Thing::Shop(shop) => tx.publish(&ShopModerated { shop, version, withheld }),
    }
}

/// The owner learns of what goes against them, and of what was decided of that again; reporters learn of what they brought about, the
/// second time where it has become something else or they had appealed.
fn tell_in(tx: &mut Tx, id: Id<ids::Case>, case: &Case, state: CaseState, cmd: &DecideCase, version: i64) -> Result<(), Fault> {
    let (thing, outcome, reason) = (case.thing.kind(), cmd.outcome, cmd.reason);
    let before = case.decided.last().map(|last| last.outcome);
    let until = |party| appeal_until(party, outcome, tx.now()).filter(|_| state == CaseState::Decided);
    let told = |user, party, appeal_until| CaseDecided { case: id, version, user, party, thing, outcome, reason, appeal_until };
    let (owner, reporter) = (
        told(case.owner, CaseParty::Owner, until(CaseParty::Owner)),
        told(case.owner, CaseParty::Reporter, until(CaseParty::Reporter)),
    );
    if outcome != Outcome::Kept || case.is_known_to_owner() {
        tx.publish(&owner)?;
    }
    let only = if before == Some(outcome) { case.appealed_by } else { None };
    tx.enqueue(&TellReporters { fact: reporter, only, after: None }, tx.now())
}
