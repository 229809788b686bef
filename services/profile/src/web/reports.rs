//! Reporting something, and what was decided of what concerns the reader.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::ids::Case;
use host::{
    Here,
    http::{Answer, Caller, Path, Query, checked},
};
use kernel::{Actor, Fault, Id, PageQuery, User};
use serde::Deserialize;
use ui::{Form, Page, Wrong, askama::Template};

use super::{Shell, words};
use crate::{
    ops::moderation::{
        appeal_case::{self, AppealCase},
        report_thing::{self, ReportThing},
    },
    views::{
        exhibits,
        own_cases::{self, OwnCase},
    },
};

/// What is reported, and what somebody has filled in about it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filled {
    thing: String,
    id: String,
    reason: String,
    words: String,
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    shell: Shell,
    /// What is reported, in short.
    about: String,
    filled: Filled,
    wrong: Wrong,
}

impl ReportPage {
    fn title(&self) -> &'static str {
        words::report(&self.filled.thing)
    }

    fn reasons(&self) -> Vec<(&'static str, &'static str, bool)> {
        words::reasons(&self.filled.reason)
    }
}

/// Asks what is wrong with it.
pub async fn form(shell: Shell, State(here): State<Here>, Query(filled): Query<Filled>) -> Answer<Response> {
    let about = about(&here, shell.user()?, &filled).await?;
    Ok(Page(ReportPage { shell, about, filled, wrong: Wrong::default() }).into_response())
}

async fn about(here: &Here, viewer: Id<User>, filled: &Filled) -> Result<String, Fault> {
    exhibits::about_to_report(here, viewer, (&filled.thing, &filled.id)).await
}

/// Reports it.
pub async fn submit(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Form(filled): Form<Filled>,
) -> Answer<Response> {
    let fault = match report(&here, &actor, &filled).await {
        Ok(case) => return Ok(shell.go_saying(&format!("/me/cases/{case}"), &shell.say("report-sent"))),
        Err(fault) => fault,
    };
    let about = about(&here, actor.user()?, &filled).await?;
    ui::again(fault, |wrong| ReportPage { shell, about, filled, wrong })
}

async fn report(here: &Here, actor: &Actor, filled: &Filled) -> Result<Id<Case>, Fault> {
    let cmd = ReportThing::chosen(&filled.thing, &filled.id, &filled.reason, &filled.words)?;
    report_thing::report_thing(here, actor, &checked(cmd)?).await
}

#[derive(Template)]
#[template(path = "cases.html")]
struct CasesPage {
    shell: Shell,
    cases: kernel::Page<OwnCase>,
}

/// Everything that concerns the reader.
pub async fn list(shell: Shell, State(here): State<Here>, Query(page): Query<PageQuery>) -> Answer<Response> {
    let cases = own_cases::list(&here, shell.user()?, &page).await?;
    Ok(Page(CasesPage { shell, cases }).into_response())
}

#[derive(Template)]
#[template(path = "case.html")]
struct CasePage {
    shell: Shell,
    case: OwnCase,
    filled: Appealed,
    wrong: Wrong,
}

/// Why it should be decided otherwise.
#[derive(Debug, Default, Deserialize)]
pub struct Appealed {
    words: String,
}

/// One of them.
pub async fn show(shell: Shell, State(here): State<Here>, Path(id): Path<Id<Case>>) -> Answer<Response> {
    let case = own_cases::by_id(&here, shell.user()?, id).await?;
    Ok(Page(CasePage { shell, case, filled: Appealed::default(), wrong: Wrong::default() }).into_response())
}

/// Asks another moderator to look again.
pub async fn appeal(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Case>>,
    Form(filled): Form<Appealed>,
) -> Answer<Response> {
    let Err(fault) = ask_again(&here, &actor, id, &filled).await else {
        return Ok(shell.go_saying(&format!("/me/cases/{id}"), &shell.say("case-appeal-sent")));
    };
    let case = own_cases::by_id(&here, actor.user()?, id).await?;
    ui::again(fault, |wrong| CasePage { shell, case, filled, wrong })
}

async fn ask_again(here: &Here, actor: &Actor, id: Id<Case>, filled: &Appealed) -> Result<(), Fault> {
    appeal_case::appeal_case(here, actor, id, &checked(AppealCase { words: filled.words.clone() })?).await
}
