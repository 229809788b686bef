//! What things, rules and decisions are called, by the keys of their words.

use contracts::profile::{Badge, CaseParty, Outcome, PetitionReason, ReportReason, ThingKind};

pub fn thing(kind: ThingKind) -> &'static str {
    match kind {
        ThingKind::User => "thing-user",
        ThingKind::Post => "thing-post",
        ThingKind::Product => "thing-product",
        ThingKind::Shop => "thing-shop",
    }
}

/// What is done about a thing of this name.
pub fn report(thing: &str) -> &'static str {
    match ThingKind::named(thing) {
        Some(ThingKind::User) => "report-user",
        Some(ThingKind::Post) => "report-post",
        Some(ThingKind::Product) => "report-product",
        Some(ThingKind::Shop) => "report-shop",
        None => "report-title",
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand what they have by reference")]
pub fn reason(reason: &ReportReason) -> &'static str {
    match reason {
        ReportReason::Spam => "reason-spam",
        ReportReason::Scam => "reason-scam",
        ReportReason::Counterfeit => "reason-counterfeit",
        ReportReason::Prohibited => "reason-prohibited",
        ReportReason::Harassment => "reason-harassment",
        ReportReason::Hate => "reason-hate",
        ReportReason::Violence => "reason-violence",
        ReportReason::Sexual => "reason-sexual",
        ReportReason::ChildSafety => "reason-child_safety",
        ReportReason::SelfHarm => "reason-self_harm",
        ReportReason::Impersonation => "reason-impersonation",
        ReportReason::Other => "reason-other",
    }
}

/// Every reason with its words, and whether it is the one that was chosen.
pub fn reasons(chosen: &str) -> Vec<(&'static str, &'static str, bool)> {
    ReportReason::ALL.iter().map(|one| (one.name(), reason(one), one.name() == chosen)).collect()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand what they have by reference")]
pub fn outcome(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "outcome-kept",
        Outcome::Warned => "outcome-warned",
        Outcome::Withheld => "outcome-withheld",
    }
}

pub fn outcomes(chosen: &str) -> Vec<(&'static str, &'static str, bool)> {
    Outcome::ALL.iter().map(|one| (one.name(), outcome(one), one.name() == chosen)).collect()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand what they have by reference")]
pub fn party(party: &CaseParty) -> &'static str {
    match party {
        CaseParty::Owner => "party-owner",
        CaseParty::Reporter => "party-reporter",
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand what they have by reference")]
pub fn verify_as(badge: &Badge) -> &'static str {
    match badge {
        Badge::Person => "verify-person",
        Badge::Business => "verify-business",
        Badge::Official => "verify-official",
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand what they have by reference")]
pub fn petition_reason(reason: &PetitionReason) -> &'static str {
    match reason {
        PetitionReason::Unreadable => "petition-unreadable",
        PetitionReason::Incomplete => "petition-incomplete",
        PetitionReason::Mismatch => "petition-mismatch",
        PetitionReason::Expired => "petition-expired",
        PetitionReason::Forged => "petition-forged",
        PetitionReason::Misused => "petition-misused",
        PetitionReason::NotEligible => "petition-not_eligible",
        PetitionReason::Other => "petition-other",
    }
}

/// Every reason with its words, and whether it is the one that was chosen.
pub fn petition_reasons(chosen: &str) -> Vec<(&'static str, &'static str, bool)> {
    PetitionReason::ALL.iter().map(|one| (one.name(), petition_reason(one), one.name() == chosen)).collect()
}
