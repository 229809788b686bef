//! Every way profile says no.

use kernel::{Fault, Kind};

const NO_PICTURE: &str = "There is no such picture of yours that everybody may see.";

/// What is refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    UsernameTaken,
    UsernameInvalid,
    UsernamesHeld,
    LinkInvalid,
    TooManyLinks,
    InterestInvalid,
    TooManyInterests,
    TimeZoneUnknown,
    AvatarUnknown,
    CoverUnknown,
    FollowsOneself,
    Oneself,
    RequestsWaiting,
    ListHidden,
    MutesNothing,
    AccountLocked,
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::UsernameTaken => Fault::new(
                Kind::Conflict,
                "profile.username_taken",
                "Somebody has this username, or one that looks like it. Take another one.",
            ),
            Refusal::UsernameInvalid => Fault::field(
                "/username",
                "profile.username_invalid",
                "A username has 3 to 30 letters, digits and underscores, starts with a letter, and isn't a reserved word.",
            ),
            Refusal::UsernamesHeld => Fault::new(
                Kind::Conflict,
                "profile.usernames_held",
                "You have changed your username three times in 14 days. Take an earlier one again, or wait.",
            ),
            Refusal::LinkInvalid => Fault::field(
                "/links",
                "profile.link_invalid",
                "A link is the address of a page on the web, like https://example.com.",
            ),
            Refusal::TooManyLinks => Fault::field("/links", "profile.too_many_links", "At most 5 links."),
            Refusal::InterestInvalid => Fault::field(
                "/interests",
                "profile.interest_invalid",
                "An interest has at most 30 letters and digits, with spaces between words.",
            ),
            Refusal::TooManyInterests => Fault::field("/interests", "profile.too_many_interests", "At most 20 interests."),
            Refusal::TimeZoneUnknown => {
                Fault::field("/time_zone", "profile.time_zone_unknown", "A time zone has a name like Africa/Dar_es_Salaam.")
            }
            Refusal::AvatarUnknown => Fault::field("/avatar", "profile.media_unknown", NO_PICTURE),
            Refusal::CoverUnknown => Fault::field("/cover", "profile.media_unknown", NO_PICTURE),
            Refusal::FollowsOneself => Fault::new(Kind::Invalid, "profile.follows_oneself", "Nobody can follow themselves."),
            Refusal::Oneself => Fault::new(Kind::Invalid, "profile.oneself", "Nobody can block, mute or restrict themselves."),
            Refusal::RequestsWaiting => Fault::new(
                Kind::Conflict,
                "profile.requests_waiting",
                "People wait for your answer. Say what becomes of their requests: `accept` or `decline`.",
            ),
            Refusal::ListHidden => Fault::new(Kind::Forbidden, "profile.list_hidden", "They keep this list to themselves."),
            Refusal::MutesNothing => {
                Fault::field("/surfaces", "profile.mutes_nothing", "Say what to mute, or leave it out to mute everything.")
            }
            Refusal::AccountLocked => {
                Fault::new(Kind::Forbidden, "profile.account_locked", "This account is locked and can't change anything.")
            }
        }
    }
}

/// What is refused about reports and cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseRefusal {
    ReportsOneself,
    /// Seconds until the next may be made.
    TooManyReports(u32),
    WordsMissing,
    StatementMissing,
    CaseSettled,
    CaseOwn,
    CaseTaken,
    CaseNotTaken,
    RuleMissing,
    RuleUnneeded,
    OutcomeMissing,
    NoAppeal,
}

impl From<CaseRefusal> for Fault {
    fn from(refusal: CaseRefusal) -> Self {
        let conflict = |code, detail| Fault::new(Kind::Conflict, code, detail);
        match refusal {
            CaseRefusal::ReportsOneself => {
                Fault::new(Kind::Invalid, "profile.reports_oneself", "Nobody can report what is theirs.")
            }
            CaseRefusal::TooManyReports(seconds) => {
                let detail = "You have reported 30 things in 24 hours. Moderators look at those first.";
                Fault::new(Kind::TooMany, "profile.too_many_reports", detail).retry_after(seconds)
            }
            CaseRefusal::WordsMissing => Fault::field("/words", "profile.words_missing", "Say it in your own words."),
            CaseRefusal::StatementMissing => Fault::field("/statement", "profile.words_missing", "Say it in your own words."),
            CaseRefusal::CaseSettled => conflict("profile.case_settled", "This case waits for no decision."),
            CaseRefusal::CaseOwn => {
                conflict("profile.case_own", "You have decided this case before. Another moderator does now.")
            }
            CaseRefusal::CaseTaken => conflict("profile.case_taken", "Another moderator works at this case."),
            CaseRefusal::CaseNotTaken => {
                conflict("profile.case_not_taken", "Take the case first. It is yours for 24 hours, and then free again.")
            }
            CaseRefusal::RuleMissing => Fault::field("/reason", "profile.rule_missing", "Say which rule it breaks."),
            CaseRefusal::RuleUnneeded => Fault::field("/reason", "profile.rule_unneeded", "What is kept breaks no rule."),
            CaseRefusal::OutcomeMissing => Fault::field("/outcome", "profile.outcome_missing", "Say what is decided."),
            CaseRefusal::NoAppeal => conflict("profile.no_appeal", "You can't appeal this decision, or not any more."),
        }
    }
}

/// What is refused about petitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PetitionRefusal {
    BadForm,
    BadgeMissing,
    NameMissing,
    DocumentsMissing,
    TooManyDocuments,
    DocumentTooLarge,
    DocumentUnfit,
    /// Where they are named.
    DealsMissing(&'static str),
    TooManyDeals,
    DealUnknown(&'static str),
    DealQuestioned,
    BadgeHeld,
    PetitionWaits,
    /// Seconds until the next may be made.
    TooManyPetitions(u32),
    PetitionSettled,
    PetitionOwn,
    PetitionTaken,
    PetitionNotTaken,
    ReasonMissing,
    ReasonUnneeded,
    NameChanged,
}

impl From<PetitionRefusal> for Fault {
    fn from(refusal: PetitionRefusal) -> Self {
        let conflict = |code, detail| Fault::new(Kind::Conflict, code, detail);
        match refusal {
            PetitionRefusal::BadForm => Fault::new(
                Kind::Invalid,
                "profile.bad_form",
                "Send a form (multipart/form-data) of words and files that this route knows, the words first.",
            ),
            PetitionRefusal::BadgeMissing => {
                Fault::field("/badge", "profile.badge_missing", "Say as what: `person`, `business` or `official`.")
            }
            PetitionRefusal::NameMissing => Fault::field("/name", "profile.name_missing", "Say the name your documents have."),
            PetitionRefusal::DocumentsMissing => {
                Fault::field("/documents", "profile.documents_missing", "Hand in 1 to 4 documents that show it.")
            }
            PetitionRefusal::TooManyDocuments => Fault::field("/documents", "profile.too_many_documents", "At most 4 documents."),
            PetitionRefusal::DocumentTooLarge => {
                Fault::field("/documents", "profile.document_too_large", "A document has at most 10 MB.")
            }
            PetitionRefusal::DocumentUnfit => {
                Fault::field("/documents", "profile.document_unfit", "A document is a whole JPEG, PNG, WebP or PDF file.")
            }
            PetitionRefusal::DealsMissing(at) => {
                Fault::field(at, "profile.deals_missing", "Say which deals it is about, and only where it is about deals.")
            }
            PetitionRefusal::TooManyDeals => Fault::field("/deals", "profile.too_many_deals", "At most 20 deals."),
            PetitionRefusal::DealUnknown(at) => {
                Fault::field(at, "profile.deal_unknown", "One of these is no deal of yours that counts against you.")
            }
            PetitionRefusal::DealQuestioned => {
                conflict("profile.deal_questioned", "One of these deals waits for a moderator already, or was struck out.")
            }
            PetitionRefusal::BadgeHeld => conflict("profile.badge_held", "You have this badge already."),
            PetitionRefusal::PetitionWaits => {
                conflict("profile.petition_waits", "You have asked for it already, and moderators haven't decided yet.")
            }
            PetitionRefusal::TooManyPetitions(seconds) => {
                let detail = "You have asked for this three times in 30 days, or sent too many documents in an hour.";
                Fault::new(Kind::TooMany, "profile.too_many_petitions", detail).retry_after(seconds)
            }
            PetitionRefusal::PetitionSettled => conflict("profile.petition_settled", "This waits for no such decision."),
            PetitionRefusal::PetitionOwn => {
                conflict("profile.petition_own", "You have decided against the last one. Another moderator decides this one.")
            }
            PetitionRefusal::PetitionTaken => conflict("profile.petition_taken", "Another moderator works at it."),
            PetitionRefusal::PetitionNotTaken => {
                conflict("profile.petition_not_taken", "Take it first. It is yours for 24 hours, and then free again.")
            }
            PetitionRefusal::ReasonMissing => Fault::field("/reason", "profile.reason_missing", "Say why."),
            PetitionRefusal::ReasonUnneeded => {
                Fault::field("/reason", "profile.reason_unneeded", "What is approved needs no reason.")
            }
            PetitionRefusal::NameChanged => conflict(
                "profile.name_changed",
                "They are called something else by now. Look at the profile again before you approve it.",
            ),
        }
    }
}
