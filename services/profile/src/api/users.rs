//! People.

use axum::{Json, extract::State};
use host::{
    Here,
    http::{Answer, Body, Caller, Path, Query},
};
use kernel::{Fault, Id, User};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    ops::faces::change_profile::{self, ChangeProfile},
    views::{
        self,
        people::RelationshipView,
        profiles::{PreviewQuery, ProfileView},
        suggestions::SuggestionView,
        usernames::UsernameView,
    },
};

/// My profile.
#[utoipa::path(get, path = "/users/me", tag = "profile", responses((status = 200, body = ProfileView)))]
pub async fn me(State(here): State<Here>, Caller(actor): Caller) -> Answer<Json<ProfileView>> {
    let user = actor.user()?;
    Ok(Json(views::profiles::by_id(&here, Some(user), user).await?))
}

/// Change my profile. A username somebody has, had lately, or could take for theirs is 409 `profile.username_taken`; mine leads to me
/// for 14 days more, and stays mine. Refused with `profile.account_locked`, `profile.interest_invalid`, `profile.link_invalid`,
/// `profile.media_unknown`, `profile.time_zone_unknown`, `profile.too_many_interests`, `profile.too_many_links`,
/// `profile.username_invalid`, `profile.usernames_held`.
#[utoipa::path(patch, path = "/users/me", tag = "profile", request_body = ChangeProfile, responses((status = 200, body = ProfileView)))]
pub async fn change_me(
    State(here): State<Here>,
    Caller(actor): Caller,
    Body(cmd): Body<ChangeProfile>,
) -> Answer<Json<ProfileView>> {
    change_profile::change_profile(&here, &actor, cmd).await?;
    let user = actor.user()?;
    Ok(Json(views::profiles::by_id(&here, Some(user), user).await?))
}

/// My profile, as others see it.
#[utoipa::path(get, path = "/users/me/preview", tag = "profile", params(PreviewQuery), responses((status = 200, body = ProfileView)))]
pub async fn preview(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(query): Query<PreviewQuery>,
) -> Answer<Json<ProfileView>> {
    Ok(Json(views::profiles::preview(&here, actor.user()?, query.r#as).await?))
}

/// A profile, by id or username; also by one that was given up less than 14 days ago: the answer says what it is now.
#[utoipa::path(get, path = "/users/{user}", tag = "profile", params(("user" = String, Path, description = "An id or a username", example = "amina")),
    responses((status = 200, body = ProfileView)), security((), ("bearer" = [])))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller, Path(user): Path<String>) -> Answer<Json<ProfileView>> {
    Ok(Json(views::profiles::find(&here, actor.viewer(), &user).await?))
}

/// Is this username free? Suggestions where it isn't.
#[utoipa::path(get, path = "/usernames/{name}", tag = "profile", params(("name" = String, Path, example = "amina")),
    responses((status = 200, body = UsernameView)), security(()))]
pub async fn username(State(here): State<Here>, Path(name): Path<String>) -> Answer<Json<UsernameView>> {
    Ok(Json(views::usernames::username(&here, &name).await?))
}

/// Whom I may want to follow, the best first; at most 20.
#[utoipa::path(get, path = "/users/suggestions", tag = "profile", responses((status = 200, body = Vec<SuggestionView>)))]
pub async fn suggestions(State(here): State<Here>, Caller(actor): Caller) -> Answer<Json<Vec<SuggestionView>>> {
    Ok(Json(views::suggestions::suggestions(&here, actor.user()?).await?))
}

/// Whose relationships are asked.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Targets {
    /// User ids, separated by commas; at most 100.
    #[param(example = "usr_01jc7hnyg70000800000000001")]
    ids: String,
}

/// How I stand to these people.
#[utoipa::path(get, path = "/users/relationships", tag = "profile", params(Targets), responses((status = 200, body = Vec<RelationshipView>)))]
pub async fn relationships(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(targets): Query<Targets>,
) -> Answer<Json<Vec<RelationshipView>>> {
    let viewer = actor.user()?;
    let ids: Result<Vec<Id<User>>, _> = targets.ids.split(',').map(str::parse).collect();
    let ids = ids.ok().filter(|ids| ids.len() <= 100);
    let ids = ids.ok_or_else(|| Fault::field("/ids", "invalid", "Give at most 100 user ids, separated by commas."))?;
    let related = views::people::relationships(&here, Some(viewer), &ids).await?;
    Ok(Json(related.into_iter().map(Into::into).collect()))
}
