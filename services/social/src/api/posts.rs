//! Posts.

use axum::{Json, extract::State, http::StatusCode};
use contracts::ids::Post;
use host::{
    Here,
    http::{Answer, Body, Caller, Created, Path},
};
use kernel::Id;

use crate::{
    ops::{
        self,
        edit_post::EditPost,
        publish_post::{self, PublishPost},
    },
    views::posts::{self, PostView},
};

/// Publish a post. A product that isn't there is 422 `social.product_unknown`.
/// Refused with `social.account_locked`, `social.media_unknown`, `social.product_missing`, `social.product_unwanted`, `social.text_empty`,
/// `social.text_too_long`, `social.text_unreadable`.
#[utoipa::path(post, path = "/posts", tag = "social", request_body = PublishPost, responses((status = 201, body = PostView)))]
pub async fn publish(State(here): State<Here>, Caller(actor): Caller, Body(cmd): Body<PublishPost>) -> Answer<Created<PostView>> {
    let id = publish_post::publish_post(&here, &actor, cmd).await?;
    Ok(Created(posts::by_id(&here, actor.viewer(), id).await?))
}

/// A post.
#[utoipa::path(get, path = "/posts/{id}", tag = "social", params(("id" = Id<Post>, Path)), responses((status = 200, body = PostView)), security((), ("bearer" = [])))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Post>>) -> Answer<Json<PostView>> {
    Ok(Json(posts::by_id(&here, actor.viewer(), id).await?))
}

/// Edit my post.
/// Refused with `social.account_locked`, `social.text_empty`, `social.text_too_long`, `social.text_unreadable`.
#[utoipa::path(patch, path = "/posts/{id}", tag = "social", params(("id" = Id<Post>, Path)), request_body = EditPost,
    responses((status = 200, body = PostView)))]
pub async fn edit(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Post>>,
    Body(cmd): Body<EditPost>,
) -> Answer<Json<PostView>> {
    ops::edit_post::edit_post(&here, &actor, id, cmd).await?;
    Ok(Json(posts::by_id(&here, actor.viewer(), id).await?))
}

/// Delete my post.
/// Refused with `social.account_locked`.
#[utoipa::path(delete, path = "/posts/{id}", tag = "social", params(("id" = Id<Post>, Path)), responses((status = 204)))]
pub async fn delete(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Post>>) -> Answer<StatusCode> {
    ops::delete_post::delete_post(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
