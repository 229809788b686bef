//! What moderators do with petitions. For everybody else these routes aren't there: 404.

use axum::{Json, extract::State};
use contracts::ids::Petition;
use host::{
    Here,
    http::{Answer, Body, Caller, Confidential, Path, Query},
};
use kernel::{Id, Page, PageQuery};

use crate::{
    ops::petitions::{
        decide_petition::{self, DecidePetition},
        open_document::{self, OpenDocument},
        take_petition,
    },
    views::{
        petition_queue::{self, PetitionCard, PetitionQueueQuery},
        petitions::{self, PetitionView},
    },
};

/// Petitions that wait for a decision, whoever has waited longest first; those I have taken; or those that were decided.
#[utoipa::path(get, path = "/moderation/petitions", tag = "profile", params(PetitionQueueQuery, PageQuery),
    responses((status = 200, body = Page<PetitionCard>)))]
pub async fn queue(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(which): Query<PetitionQueueQuery>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<PetitionCard>>> {
    Ok(Json(petition_queue::queue(&here, &actor, &which, &page).await?))
}

/// A petition with everything that is known of it but its documents. One that concerns me is 404.
#[utoipa::path(get, path = "/moderation/petitions/{id}", tag = "profile", params(("id" = Id<Petition>, Path)),
    responses((status = 200, body = PetitionView)))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Petition>>) -> Answer<Json<PetitionView>> {
    Ok(Json(petitions::by_id(&here, &actor, id).await?))
}

/// Take a petition: it is mine alone for 24 hours. Whoever decided against the last one about the same can't.
/// Refused with `profile.petition_settled`, `profile.petition_own`, `profile.petition_taken`, `profile.account_locked`.
#[utoipa::path(post, path = "/moderation/petitions/{id}/take", tag = "profile", params(("id" = Id<Petition>, Path)),
    responses((status = 200, body = PetitionView)))]
pub async fn take(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Petition>>) -> Answer<Json<PetitionView>> {
    take_petition::take_petition(&here, &actor, id).await?;
    Ok(Json(petitions::by_id(&here, &actor, id).await?))
}

/// Leave a petition to somebody else.
/// Refused with `profile.petition_settled`, `profile.petition_not_taken`, `profile.account_locked`.
#[utoipa::path(post, path = "/moderation/petitions/{id}/release", tag = "profile", params(("id" = Id<Petition>, Path)),
    responses((status = 200, body = PetitionView)))]
pub async fn release(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Petition>>,
) -> Answer<Json<PetitionView>> {
    take_petition::release_petition(&here, &actor, id).await?;
    Ok(Json(petitions::by_id(&here, &actor, id).await?))
}

/// Open a document of a petition I have taken. The reason is written down before anything is shown; the document isn't for keeping.
/// Refused with `profile.reason_missing`, `profile.petition_settled`, `profile.petition_not_taken`, `profile.account_locked`.
#[utoipa::path(post, path = "/moderation/petitions/{id}/documents/{place}/open", tag = "profile",
    params(("id" = Id<Petition>, Path), ("place" = i16, Path, example = 1, minimum = 1, maximum = 4)), request_body = OpenDocument,
    responses((status = 200, content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp"), (Vec<u8> = "application/pdf")))))]
pub async fn open(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path((id, place)): Path<(Id<Petition>, i16)>,
    Body(cmd): Body<OpenDocument>,
) -> Answer<Confidential> {
    let opened = open_document::open_document(&here, &actor, (id, place), &cmd).await?;
    Ok(Confidential { media_type: opened.format.media_type(), bytes: opened.bytes })
}

/// Decide a petition I have taken, or take back what was approved. Whoever made it is told. A badge is for the name the profile has now,
/// and isn't shown under another one.
/// Refused with `profile.petition_not_taken`, `profile.petition_settled`, `profile.reason_missing`, `profile.reason_unneeded`,
/// `profile.words_missing`, `profile.name_changed`, `profile.badge_held`, `profile.deals_missing`, `profile.deal_unknown`,
/// `profile.account_locked`.
#[utoipa::path(post, path = "/moderation/petitions/{id}/decide", tag = "profile", params(("id" = Id<Petition>, Path)),
    request_body = DecidePetition, responses((status = 200, body = PetitionView)))]
pub async fn decide(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Petition>>,
    Body(cmd): Body<DecidePetition>,
) -> Answer<Json<PetitionView>> {
    decide_petition::decide_petition(&here, &actor, id, &cmd).await?;
    Ok(Json(petitions::by_id(&here, &actor, id).await?))
}
