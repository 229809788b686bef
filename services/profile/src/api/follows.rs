//! Following.

use axum::{Json, extract::State, http::StatusCode};
use contracts::profile::Card;
use host::{
    Here,
    http::{Answer, Caller, Path, Query},
};
use kernel::{Id, Page, PageQuery, User};

use crate::{
    ops::ties::{
        follow,
        unfollow::{self, Whose},
    },
    views::lists::{self, Side},
};

/// Follow somebody, or ask to where the account is private.
/// Refused with `profile.account_locked`, `profile.follows_oneself`.
#[utoipa::path(put, path = "/users/{id}/follow", tag = "profile", params(("id" = Id<User>, Path)), responses((status = 204)))]
pub async fn follow(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<StatusCode> {
    follow::follow(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Stop following somebody, or asking to.
/// Refused with `profile.account_locked`.
#[utoipa::path(delete, path = "/users/{id}/follow", tag = "profile", params(("id" = Id<User>, Path)), responses((status = 204)))]
pub async fn unfollow(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<StatusCode> {
    unfollow::unfollow(&here, &actor, Whose::Followee(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove somebody from my followers.
/// Refused with `profile.account_locked`.
#[utoipa::path(delete, path = "/users/me/followers/{id}", tag = "profile", params(("id" = Id<User>, Path)), responses((status = 204)))]
pub async fn remove_follower(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<StatusCode> {
    unfollow::unfollow(&here, &actor, Whose::Follower(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who follows somebody, newest first.
/// Refused with `profile.list_hidden`.
#[utoipa::path(get, path = "/users/{id}/followers", tag = "profile", params(("id" = Id<User>, Path), PageQuery),
    responses((status = 200, body = Page<Card>)), security((), ("bearer" = [])))]
pub async fn followers(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<User>>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<Card>>> {
    Ok(Json(lists::list(&here, actor.viewer(), id, Side::Followers, &page).await?))
}

/// Whom somebody follows, newest first.
/// Refused with `profile.list_hidden`.
#[utoipa::path(get, path = "/users/{id}/following", tag = "profile", params(("id" = Id<User>, Path), PageQuery),
    responses((status = 200, body = Page<Card>)), security((), ("bearer" = [])))]
pub async fn following(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<User>>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<Card>>> {
    Ok(Json(lists::list(&here, actor.viewer(), id, Side::Following, &page).await?))
}

/// Of somebody's followers those whom I follow, newest first.
/// Refused with `profile.list_hidden`.
#[utoipa::path(get, path = "/users/{id}/mutuals", tag = "profile", params(("id" = Id<User>, Path), PageQuery),
    responses((status = 200, body = Page<Card>)))]
pub async fn mutuals(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<User>>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<Card>>> {
    Ok(Json(lists::list(&here, Some(actor.user()?), id, Side::Mutuals, &page).await?))
}
