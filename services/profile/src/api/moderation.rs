//! What moderators do. For everybody else these routes aren't there: 404.

use axum::{Json, extract::State};
use contracts::ids::Case;
use host::{
    Here,
    http::{Answer, Body, Caller, Path, Query},
};
use kernel::{Id, Page, PageQuery};

use crate::{
    ops::moderation::{
        decide_case::{self, DecideCase},
        take_case,
    },
    views::{
        cases::{self, CaseView},
        queue::{self, CaseCard, QueueQuery},
    },
};

/// Cases that wait for a decision, the most urgent first; or those I have taken.
#[utoipa::path(get, path = "/moderation/cases", tag = "profile", params(QueueQuery, PageQuery),
    responses((status = 200, body = Page<CaseCard>)))]
pub async fn queue(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(which): Query<QueueQuery>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<CaseCard>>> {
    Ok(Json(queue::queue(&here, &actor, &which, &page).await?))
}

/// A case with everything that is known of it. One that concerns me is 404.
#[utoipa::path(get, path = "/moderation/cases/{id}", tag = "profile", params(("id" = Id<Case>, Path)), responses((status = 200, body = CaseView)))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Case>>) -> Answer<Json<CaseView>> {
    Ok(Json(cases::by_id(&here, &actor, id).await?))
}

/// Take a case: it is mine alone for 24 hours.
/// Refused with `profile.case_settled`, `profile.case_own`, `profile.case_taken`, `profile.account_locked`.
#[utoipa::path(post, path = "/moderation/cases/{id}/take", tag = "profile", params(("id" = Id<Case>, Path)), responses((status = 200, body = CaseView)))]
pub async fn take(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Case>>) -> Answer<Json<CaseView>> {
    take_case::take_case(&here, &actor, id).await?;
    Ok(Json(cases::by_id(&here, &actor, id).await?))
}

/// Leave a case to somebody else.
/// Refused with `profile.case_not_taken`, `profile.account_locked`.
#[utoipa::path(post, path = "/moderation/cases/{id}/release", tag = "profile", params(("id" = Id<Case>, Path)), responses((status = 200, body = CaseView)))]
pub async fn release(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Case>>) -> Answer<Json<CaseView>> {
    take_case::release_case(&here, &actor, id).await?;
    Ok(Json(cases::by_id(&here, &actor, id).await?))
}

/// Decide a case I have taken. What is withheld nobody but its owner sees any more; the owner is told of what goes against them, and can
/// appeal to another moderator; whoever reported it is told what came of it.
/// Refused with `profile.case_not_taken`, `profile.case_settled`, `profile.case_own`, `profile.rule_missing`, `profile.rule_unneeded`,
/// `profile.words_missing`, `profile.account_locked`.
#[utoipa::path(post, path = "/moderation/cases/{id}/decide", tag = "profile", params(("id" = Id<Case>, Path)),
    request_body = DecideCase, responses((status = 200, body = CaseView)))]
pub async fn decide(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Case>>,
    Body(cmd): Body<DecideCase>,
) -> Answer<Json<CaseView>> {
    decide_case::decide_case(&here, &actor, id, &cmd).await?;
    Ok(Json(cases::by_id(&here, &actor, id).await?))
}
