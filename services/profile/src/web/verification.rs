//! What somebody asks moderators about themselves: to be verified, and to look at their trust.

use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use contracts::{ids::Petition, profile::Badge};
use host::{
    Here,
    http::{Answer, Caller, FormParts, Part, Path, Query, checked},
};
use kernel::{Actor, Fault, Id, Page as Items, PageQuery, User};
use ui::{Form, Page, Pressed, Wrong, askama::Template};

use super::Shell;
use crate::{
    fault::PetitionRefusal,
    ops::petitions::{
        hand_in::{Filled, LIMITS, unread},
        submit_petition::{self, SubmitPetition},
        withdraw_petition,
    },
    views::own_petitions::{self, BadgeLine, BadgeState, OwnPetition, QuestionableDeal, VerificationView},
};

#[derive(Template)]
#[template(path = "verification.html")]
struct VerificationPage {
    shell: Shell,
    verification: VerificationView,
}

/// Whether somebody can ask for this badge now.
pub(super) fn can_ask(line: &BadgeLine) -> bool {
    match line.state {
        BadgeState::Submitted => false,
        BadgeState::Approved => !line.shown,
        BadgeState::None | BadgeState::Rejected | BadgeState::Revoked => true,
    }
}

pub(super) fn is_held(line: &BadgeLine) -> bool {
    line.state == BadgeState::Approved
}

/// Shows how far the reader is verified.
pub async fn show(shell: Shell, State(here): State<Here>) -> Answer<Response> {
    let verification = own_petitions::verification(&here, shell.user()?).await?;
    Ok(Page(VerificationPage { shell, verification }).into_response())
}

#[derive(Template)]
#[template(path = "verify_as.html")]
struct AskPage {
    shell: Shell,
    badge: Badge,
    filled: Filled,
    wrong: Wrong,
}

impl AskPage {
    /// What shows it.
    fn papers(&self) -> &'static str {
        match self.badge {
            Badge::Person => "verify-papers-person",
            Badge::Business => "verify-papers-business",
            Badge::Official => "verify-papers-official",
        }
    }
}

/// Asks for a name, and documents that show it; of whoever can't ask for this badge now nothing.
pub async fn form(shell: Shell, State(here): State<Here>, Path(badge): Path<String>) -> Answer<Response> {
    let (user, badge) = (shell.user()?, Badge::named(&badge).ok_or_else(Fault::not_found)?);
    let verification = own_petitions::verification(&here, user).await?;
    if !verification.badges.iter().any(|line| line.badge == badge && can_ask(line)) {
        return Ok(shell.go("/me/verification"));
    }
    Ok(Page(AskPage { shell, badge, filled: Filled::default(), wrong: Wrong::default() }).into_response())
}

/// Asks to be verified.
pub async fn ask(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(badge): Path<String>,
    asked: Parts,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<Response> {
    let (owner, badge) = (shell.user()?, Badge::named(&badge).ok_or_else(Fault::not_found)?);
    let mut filled = Filled::about(badge);
    let sent = read(&here, owner, &asked, form, &mut filled).await.and_then(|()| filled.verification());
    match submit(&here, &actor, sent).await {
        Ok(id) => Ok(shell.go_saying(&place(id), &shell.say("petition-sent"))),
        Err(fault) => ui::again(fault, |wrong| AskPage { shell, badge, filled, wrong }),
    }
}

#[derive(Template)]
#[template(path = "trust_review.html")]
struct ReviewPage {
    shell: Shell,
    deals: Items<QuestionableDeal>,
    filled: Filled,
    wrong: Wrong,
}

impl ReviewPage {
    /// Whether there is one that nobody was asked about.
    fn has_some(&self) -> bool {
        self.deals.items.iter().any(|deal| deal.petition.is_none())
    }

    fn is_chosen(&self, deal: &QuestionableDeal) -> bool {
        self.filled.deals.contains(&deal.order.to_string())
    }
}

/// The deals of one page of the form.
const SHOWN: PageQuery = PageQuery { limit: Some(50), cursor: None };

/// Asks which deals shouldn't count.
pub async fn review_form(shell: Shell, State(here): State<Here>, Query(page): Query<PageQuery>) -> Answer<Response> {
    let page = PageQuery { limit: page.limit.or(SHOWN.limit), ..page };
    let deals = own_petitions::deals(&here, shell.user()?, &page).await?;
    Ok(Page(ReviewPage { shell, deals, filled: Filled::default(), wrong: Wrong::default() }).into_response())
}

/// Asks to have them looked at.
pub async fn review(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    asked: Parts,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<Response> {
    let (owner, mut filled) = (shell.user()?, Filled::about_trust());
    let sent = read(&here, owner, &asked, form, &mut filled).await.and_then(|()| filled.review());
    let fault = match submit(&here, &actor, sent).await {
        Ok(id) => return Ok(shell.go_saying(&place(id), &shell.say("petition-sent"))),
        Err(fault) => fault,
    };
    let deals = own_petitions::deals(&here, owner, &SHOWN).await?;
    ui::again(fault, |wrong| ReviewPage { shell, deals, filled, wrong })
}

/// The form's token comes first: nothing of a form that isn't ours is kept.
async fn read(
    here: &Here,
    owner: Id<User>,
    asked: &Parts,
    form: Result<Multipart, MultipartRejection>,
    filled: &mut Filled,
) -> Result<(), Fault> {
    let form = form.map_err(|refused| Fault::from(PetitionRefusal::BadForm).because(refused))?;
    let mut form = FormParts::new(form, LIMITS);
    let token = match form.next().await.map_err(unread)? {
        Some(Part::Word { name, text }) if name == "csrf" => text,
        _ => String::new(),
    };
    ui::guard(here, asked, &token)?;
    filled.read(here, owner, &mut form).await
}

async fn submit(here: &Here, actor: &Actor, sent: Result<SubmitPetition, Fault>) -> Result<Id<Petition>, Fault> {
    submit_petition::submit_petition(here, actor, checked(sent?)?).await
}

#[derive(Template)]
#[template(path = "petition.html")]
struct PetitionPage {
    shell: Shell,
    petition: OwnPetition,
}

impl PetitionPage {
    fn is_about_trust(&self) -> bool {
        self.petition.about.badge().is_none()
    }

    /// The page it belongs to.
    fn up(&self) -> &'static str {
        if self.is_about_trust() { "/me/trust/review" } else { "/me/verification" }
    }

    fn up_words(&self) -> &'static str {
        if self.is_about_trust() { "review-title" } else { "verification-title" }
    }

    fn is_granted(&self) -> bool {
        self.petition.shown_as.is_some() || self.petition.struck > 0
    }
}

/// Shows what came of it.
pub async fn petition(shell: Shell, State(here): State<Here>, Path(id): Path<Id<Petition>>) -> Answer<Response> {
    let petition = own_petitions::by_id(&here, shell.user()?, id).await?;
    Ok(Page(PetitionPage { shell, petition }).into_response())
}

/// Takes it back.
pub async fn withdraw(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Petition>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    withdraw_petition::withdraw_petition(&here, &actor, id).await?;
    Ok(shell.go_saying(&place(id), &shell.say("petition-withdrawn")))
}

fn place(id: Id<Petition>) -> String {
    format!("/me/petitions/{id}")
}
