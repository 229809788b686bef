//! Feeds and other lists of posts.

use axum::{Json, extract::State};
use host::{
    Here,
    http::{Answer, Caller, Path, Query},
};
use kernel::{Fault, Id, Page, PageQuery, User};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    fault::Refusal,
    views::{lists, posts::PostView},
};

/// Which feed is read.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Feed {
    /// `following`, and nothing else yet.
    #[param(example = "following", default = "following")]
    tab: Option<String>,
}

/// My feed: what those I follow and I myself published, complete, newest first.
/// Refused with `social.unknown_tab`.
#[utoipa::path(get, path = "/feed", tag = "social", params(Feed, PageQuery), responses((status = 200, body = Page<PostView>)))]
pub async fn feed(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(feed): Query<Feed>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<PostView>>> {
    let viewer = actor.user()?;
    if feed.tab.is_some_and(|tab| tab != "following") {
        return Err(Fault::from(Refusal::UnknownTab).into());
    }
    Ok(Json(lists::following(&here, viewer, &page).await?))
}

/// What somebody posted, newest first.
#[utoipa::path(get, path = "/users/{id}/posts", tag = "social", params(("id" = Id<User>, Path), PageQuery),
    responses((status = 200, body = Page<PostView>)), security((), ("bearer" = [])))]
pub async fn of_author(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<User>>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<PostView>>> {
    Ok(Json(lists::of_author(&here, actor.viewer(), id, &page).await?))
}
