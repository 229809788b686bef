//! Other people's accounts, for admins.

use axum::{extract::State, http::StatusCode};
use host::{
    Here,
    http::{Answer, Body, Caller, Path},
};
use kernel::{Id, User};

use crate::ops::accounts::{
    erase_account,
    lock_account::{self, LockAccount},
};

/// Lock an account: its sessions end, and nobody logs in to it (403 `auth.account_locked`).
/// Refused with `auth.account_state`.
#[utoipa::path(post, path = "/admin/users/{id}/lock", tag = "auth", params(("id" = Id<User>, Path)), request_body = LockAccount,
    responses((status = 204)))]
pub async fn lock(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<User>>,
    Body(cmd): Body<LockAccount>,
) -> Answer<StatusCode> {
    lock_account::lock_account(&here, &actor, id, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Unlock an account.
/// Refused with `auth.account_state`.
#[utoipa::path(post, path = "/admin/users/{id}/unlock", tag = "auth", params(("id" = Id<User>, Path)), responses((status = 204)))]
pub async fn unlock(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<StatusCode> {
    lock_account::unlock_account(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Erase an account for good: every service forgets what is the person's alone.
/// Refused with `auth.account_state`.
#[utoipa::path(delete, path = "/admin/users/{id}", tag = "auth", params(("id" = Id<User>, Path)), responses((status = 204)))]
pub async fn erase(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<StatusCode> {
    erase_account::erase_account(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
