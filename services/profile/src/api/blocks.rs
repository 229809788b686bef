//! Whom I keep away: blocked, muted, restricted.

use axum::{Json, extract::State, http::StatusCode};
use contracts::profile::Card;
use host::{
    Here,
    http::{Answer, Body, Caller, Path, Query},
};
use kernel::{Id, Page, PageQuery, User};

use crate::{
    ops::ties::{
        block,
        mute::{self, Mute},
        restrict,
    },
    views::lists::{self, Own},
};

/// Block somebody: neither of us is there for the other any more. What tied us is cut, and stays cut after unblocking.
/// Refused with `profile.account_locked`, `profile.oneself`.
#[utoipa::path(put, path = "/users/{id}/block", tag = "profile", params(("id" = Id<User>, Path)), responses((status = 204)))]
pub async fn block(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<StatusCode> {
    block::block(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Unblock somebody.
/// Refused with `profile.account_locked`.
#[utoipa::path(delete, path = "/users/{id}/block", tag = "profile", params(("id" = Id<User>, Path)), responses((status = 204)))]
pub async fn unblock(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<StatusCode> {
    block::unblock(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mute somebody, who isn't told: for some hours or for good, everything or a part of it.
/// Refused with `profile.account_locked`, `profile.oneself`, `profile.mutes_nothing`.
#[utoipa::path(put, path = "/users/{id}/mute", tag = "profile", params(("id" = Id<User>, Path)), request_body = Mute, responses((status = 204)))]
pub async fn mute(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<User>>,
    Body(cmd): Body<Mute>,
) -> Answer<StatusCode> {
    mute::mute(&here, &actor, id, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mute somebody no longer.
/// Refused with `profile.account_locked`.
#[utoipa::path(delete, path = "/users/{id}/mute", tag = "profile", params(("id" = Id<User>, Path)), responses((status = 204)))]
pub async fn unmute(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<StatusCode> {
    mute::unmute(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Restrict somebody, who isn't told: what they write to me is seen by the two of us only.
/// Refused with `profile.account_locked`, `profile.oneself`.
#[utoipa::path(put, path = "/users/{id}/restrict", tag = "profile", params(("id" = Id<User>, Path)), responses((status = 204)))]
pub async fn restrict(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<StatusCode> {
    restrict::restrict(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Restrict somebody no longer.
/// Refused with `profile.account_locked`.
#[utoipa::path(delete, path = "/users/{id}/restrict", tag = "profile", params(("id" = Id<User>, Path)), responses((status = 204)))]
pub async fn unrestrict(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<StatusCode> {
    restrict::unrestrict(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whom I block, newest first.
#[utoipa::path(get, path = "/users/me/blocks", tag = "profile", params(PageQuery), responses((status = 200, body = Page<Card>)))]
pub async fn blocks(State(here): State<Here>, Caller(actor): Caller, Query(page): Query<PageQuery>) -> Answer<Json<Page<Card>>> {
    Ok(Json(lists::own(&here, actor.user()?, Own::Blocks, &page).await?))
}

/// Whom I mute now, newest first.
#[utoipa::path(get, path = "/users/me/mutes", tag = "profile", params(PageQuery), responses((status = 200, body = Page<Card>)))]
pub async fn mutes(State(here): State<Here>, Caller(actor): Caller, Query(page): Query<PageQuery>) -> Answer<Json<Page<Card>>> {
    Ok(Json(lists::own(&here, actor.user()?, Own::Mutes, &page).await?))
}

/// Whom I restrict, newest first.
#[utoipa::path(get, path = "/users/me/restricted", tag = "profile", params(PageQuery), responses((status = 200, body = Page<Card>)))]
pub async fn restricted(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<Card>>> {
    Ok(Json(lists::own(&here, actor.user()?, Own::Restricts, &page).await?))
}
