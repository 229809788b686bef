//! Requests to follow a private account.

use axum::{Json, extract::State, http::StatusCode};
use contracts::profile::Card;
use host::{
    Here,
    http::{Answer, Caller, Path, Query},
};
use kernel::{Id, Page, PageQuery, User};

use crate::{
    ops::ties::answer_request::{self, Answer as Word},
    views::lists::{self, Own},
};

/// Who asks to follow me, newest first.
#[utoipa::path(get, path = "/users/me/follow-requests", tag = "profile", params(PageQuery), responses((status = 200, body = Page<Card>)))]
pub async fn asking(State(here): State<Here>, Caller(actor): Caller, Query(page): Query<PageQuery>) -> Answer<Json<Page<Card>>> {
    Ok(Json(lists::own(&here, actor.user()?, Own::Asking, &page).await?))
}

/// Whom I ask to follow, newest first.
#[utoipa::path(get, path = "/users/me/requested", tag = "profile", params(PageQuery), responses((status = 200, body = Page<Card>)))]
pub async fn asked(State(here): State<Here>, Caller(actor): Caller, Query(page): Query<PageQuery>) -> Answer<Json<Page<Card>>> {
    Ok(Json(lists::own(&here, actor.user()?, Own::Asked, &page).await?))
}

/// Let somebody follow me who asks to. Where nobody asks (any more), it is 404.
/// Refused with `profile.account_locked`.
#[utoipa::path(post, path = "/users/me/follow-requests/{id}/accept", tag = "profile", params(("id" = Id<User>, Path)), responses((status = 204)))]
pub async fn accept(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<StatusCode> {
    answer_request::answer_request(&here, &actor, id, Word::Accept).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Decline a request. Who asked isn't told, and may ask again.
/// Refused with `profile.account_locked`.
#[utoipa::path(post, path = "/users/me/follow-requests/{id}/decline", tag = "profile", params(("id" = Id<User>, Path)), responses((status = 204)))]
pub async fn decline(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<StatusCode> {
    answer_request::answer_request(&here, &actor, id, Word::Decline).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take my own request back.
/// Refused with `profile.account_locked`.
#[utoipa::path(delete, path = "/users/me/requested/{id}", tag = "profile", params(("id" = Id<User>, Path)), responses((status = 204)))]
pub async fn withdraw(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<StatusCode> {
    answer_request::withdraw_request(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
