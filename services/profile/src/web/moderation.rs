//! The moderators' desk: what waits for them, and a case with everything they need to decide it.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::ids::Case;
use host::{
    Here,
    http::{Answer, Caller, Path, Query, checked},
};
use kernel::{Actor, Fault, Id, PageQuery};
use serde::Deserialize;
use ui::{Form, Page, Pressed, Wrong, askama::Template};

use super::{Shell, words};
use crate::{
    ops::moderation::{
        decide_case::{self, DecideCase},
        take_case,
    },
    views::{
        cases::{self, CaseView},
        queue::{self, CaseCard, Queue, QueueQuery},
    },
};

#[derive(Template)]
#[template(path = "queue.html")]
struct QueuePage {
    shell: Shell,
    queue: Queue,
    cases: kernel::Page<CaseCard>,
}

impl QueuePage {
    /// Both lists, by address and words, and whether it is this one.
    fn places(&self) -> [(&'static str, &'static str, bool); 2] {
        let is_mine = self.queue == Queue::Mine;
        [("/moderation", "queue-waiting", !is_mine), ("/moderation?queue=mine", "queue-mine", is_mine)]
    }

    fn base(&self) -> &'static str {
        if self.queue == Queue::Mine { "/moderation?queue=mine&" } else { "/moderation?" }
    }
}

/// What waits for a moderator, or what they have taken.
pub async fn queue(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(which): Query<QueueQuery>,
    Query(page): Query<PageQuery>,
) -> Answer<Response> {
    let cases = queue::queue(&here, &actor, &which, &page).await?;
    Ok(Page(QueuePage { shell, queue: which.queue.unwrap_or(Queue::Waiting), cases }).into_response())
}

/// What a moderator has filled in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filled {
    outcome: String,
    reason: String,
    statement: String,
    note: String,
}

#[derive(Template)]
#[template(path = "moderate.html")]
struct CasePage {
    shell: Shell,
    case: CaseView,
    filled: Filled,
    wrong: Wrong,
}

impl CasePage {
    fn reasons(&self) -> Vec<(&'static str, &'static str, bool)> {
        words::reasons(&self.filled.reason)
    }

    fn outcomes(&self) -> Vec<(&'static str, &'static str, bool)> {
        words::outcomes(&self.filled.outcome)
    }
}

/// A case.
pub async fn show(shell: Shell, State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Case>>) -> Answer<Response> {
    let case = cases::by_id(&here, &actor, id).await?;
    Ok(Page(CasePage { shell, case, filled: Filled::default(), wrong: Wrong::default() }).into_response())
}

/// Takes it on.
pub async fn take(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Case>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    take_case::take_case(&here, &actor, id).await?;
    Ok(shell.go(&place(id)))
}

/// Leaves it to somebody else.
pub async fn release(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Case>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    take_case::release_case(&here, &actor, id).await?;
    Ok(shell.go("/moderation"))
}

/// Decides it.
pub async fn decide(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Case>>,
    Form(filled): Form<Filled>,
) -> Answer<Response> {
    let Err(fault) = settle(&here, &actor, id, &filled).await else {
        return Ok(shell.go_saying("/moderation", &shell.say("moderate-decided")));
    };
    let case = cases::by_id(&here, &actor, id).await?;
    ui::again(fault, |wrong| CasePage { shell, case, filled, wrong })
}

async fn settle(here: &Here, actor: &Actor, id: Id<Case>, filled: &Filled) -> Result<(), Fault> {
    let cmd = DecideCase::chosen(&filled.outcome, &filled.reason, &filled.statement, &filled.note)?;
    decide_case::decide_case(here, actor, id, &checked(cmd)?).await
}

fn place(id: Id<Case>) -> String {
    format!("/moderation/{id}")
}
