//! The moderators' desk for what people ask about themselves.

use std::collections::HashMap;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::{
    ids::{Order, Petition},
    profile::PetitionOutcome,
};
use host::{
    Here,
    http::{Answer, Caller, Confidential, Path, Query, checked},
};
use kernel::{Actor, Fault, Id, PageQuery};
use serde::Deserialize;
use ui::{Form, Page, Pressed, Wrong, askama::Template};

use super::{Shell, words};
use crate::{
    ops::petitions::{
        decide_petition::{self, DecidePetition},
        open_document::{self, OpenDocument},
        take_petition,
    },
    views::{
        petition_queue::{self, PetitionCard, PetitionQueue, PetitionQueueQuery},
        petitions::{self, DealView, PetitionView},
    },
};

#[derive(Template)]
#[template(path = "petitions.html")]
struct QueuePage {
    shell: Shell,
    queue: PetitionQueue,
    petitions: kernel::Page<PetitionCard>,
}

impl QueuePage {
    fn base(&self) -> String {
        format!("/moderation/petitions?queue={}&", self.queue.name())
    }

    fn is_at(&self, name: &str) -> bool {
        self.queue.name() == name
    }
}

/// What waits for a moderator, what they have taken, or what was decided.
pub async fn queue(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(which): Query<PetitionQueueQuery>,
    Query(page): Query<PageQuery>,
) -> Answer<Response> {
    let petitions = petition_queue::queue(&here, &actor, &which, &page).await?;
    Ok(Page(QueuePage { shell, queue: which.queue.unwrap_or(PetitionQueue::Waiting), petitions }).into_response())
}

/// What a moderator has filled in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filled {
    outcome: String,
    reason: String,
    statement: String,
    note: String,
    shown_as: String,
    /// The deals that are ticked, by their ids.
    #[serde(flatten)]
    others: HashMap<String, String>,
}

impl Filled {
    fn command(&self) -> Result<DecidePetition, Fault> {
        let struck: Vec<Id<Order>> = self.others.keys().filter_map(|name| name.parse().ok()).collect();
        let (statement, note, shown_as) = (self.statement.clone(), self.note.clone(), self.shown_as.clone());
        let chosen = DecidePetition::chosen(&self.outcome, &self.reason)?;
        // What is chosen and isn't approved isn't meant.
        let struck = if chosen.outcome == PetitionOutcome::Approved { struck } else { Vec::new() };
        checked(DecidePetition { statement, note, shown_as, struck, ..chosen })
    }
}

#[derive(Template)]
#[template(path = "petition_desk.html")]
struct PetitionPage {
    shell: Shell,
    petition: PetitionView,
    filled: Filled,
    wrong: Wrong,
}

impl PetitionPage {
    fn outcomes(&self) -> Vec<(&'static str, &'static str, bool)> {
        let all = [("approved", "petition-approve"), ("rejected", "petition-reject")];
        all.into_iter().map(|(name, words)| (name, words, self.filled.outcome == name)).collect()
    }

    fn reasons(&self) -> Vec<(&'static str, &'static str, bool)> {
        words::petition_reasons(&self.filled.reason)
    }

    fn is_struck(&self, deal: &DealView) -> bool {
        self.filled.others.contains_key(&deal.order.to_string())
    }
}

/// A petition.
pub async fn show(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Petition>>,
) -> Answer<Response> {
    let petition = petitions::by_id(&here, &actor, id).await?;
    Ok(Page(PetitionPage { shell, petition, filled: Filled::default(), wrong: Wrong::default() }).into_response())
}

/// Takes it on.
pub async fn take(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Petition>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    take_petition::take_petition(&here, &actor, id).await?;
    Ok(shell.go(&place(id)))
}

/// Leaves it to somebody else.
pub async fn release(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Petition>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    take_petition::release_petition(&here, &actor, id).await?;
    Ok(shell.go("/moderation/petitions"))
}

/// Why a document has to be looked at.
#[derive(Debug, Deserialize)]
pub struct Reason {
    reason: String,
}

/// Opens a document.
pub async fn open(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path((id, place)): Path<(Id<Petition>, i16)>,
    Form(filled): Form<Reason>,
) -> Answer<Confidential> {
    let cmd = checked(OpenDocument { reason: filled.reason })?;
    let opened = open_document::open_document(&here, &actor, (id, place), &cmd).await?;
    Ok(Confidential { media_type: opened.format.media_type(), bytes: opened.bytes })
}

/// Decides it.
pub async fn decide(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Petition>>,
    Form(filled): Form<Filled>,
) -> Answer<Response> {
    let Err(fault) = settle(&here, &actor, id, &filled).await else {
        return Ok(shell.go_saying("/moderation/petitions", &shell.say("petition-decided")));
    };
    let petition = petitions::by_id(&here, &actor, id).await?;
    ui::again(fault, |wrong| PetitionPage { shell, petition, filled, wrong })
}

async fn settle(here: &Here, actor: &Actor, id: Id<Petition>, filled: &Filled) -> Result<(), Fault> {
    decide_petition::decide_petition(here, actor, id, &filled.command()?).await
}

fn place(id: Id<Petition>) -> String {
    format!("/moderation/petitions/{id}")
}
