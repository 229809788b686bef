//! One's own notifications.

use axum::{Json, extract::State, http::StatusCode};
use contracts::ids::Notification;
use host::{
    Here,
    http::{Answer, Caller, Path, Query},
};
use kernel::{Id, Page, PageQuery};

use crate::{
    ops,
    views::notifications::{self, NotificationView, UnreadCount},
};

/// My notifications, newest first, in my language.
#[utoipa::path(get, path = "/notifications", tag = "notification", params(PageQuery),
    responses((status = 200, body = Page<NotificationView>)))]
pub async fn list(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<NotificationView>>> {
    Ok(Json(notifications::list(&here, actor.user()?, None, &page).await?))
}

/// How many I haven't read.
#[utoipa::path(get, path = "/notifications/unread-count", tag = "notification", responses((status = 200, body = UnreadCount)))]
pub async fn unread_count(State(here): State<Here>, Caller(actor): Caller) -> Answer<Json<UnreadCount>> {
    Ok(Json(notifications::unread_count(&here, actor.user()?).await?))
}

/// Mark one as read. Reading twice is reading once.
#[utoipa::path(post, path = "/notifications/{id}/read", tag = "notification", params(("id" = Id<Notification>, Path)),
    responses((status = 204)))]
pub async fn read(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Notification>>) -> Answer<StatusCode> {
    ops::mark_read::mark_read(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mark one as unread again.
#[utoipa::path(post, path = "/notifications/{id}/unread", tag = "notification", params(("id" = Id<Notification>, Path)),
    responses((status = 204)))]
pub async fn unread(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Notification>>) -> Answer<StatusCode> {
    ops::mark_read::mark_unread(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mark all of mine as read.
#[utoipa::path(post, path = "/notifications/read-all", tag = "notification", responses((status = 204)))]
pub async fn read_all(State(here): State<Here>, Caller(actor): Caller) -> Answer<StatusCode> {
    ops::mark_read::mark_all_read(&here, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Delete one.
#[utoipa::path(delete, path = "/notifications/{id}", tag = "notification", params(("id" = Id<Notification>, Path)),
    responses((status = 204)))]
pub async fn delete(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Notification>>) -> Answer<StatusCode> {
    ops::delete_notification::delete_notification(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
