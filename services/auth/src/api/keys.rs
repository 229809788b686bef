//! The public keys, where every JWT library looks for them.

use axum::{
    Json,
    extract::State,
    http::header::CACHE_CONTROL,
    response::{IntoResponse, Response},
};
use host::{Here, http::Answer};

use crate::{ops, views};

/// Cached for five minutes: a new key is published an hour before it signs.
pub async fn key_set(State(here): State<Here>) -> Answer<Response> {
    ops::rotate_keys::make_first(&here).await?;
    let keys = views::keys::key_set(&here).await?;
    Ok(([(CACHE_CONTROL, "public, max-age=300")], Json(keys)).into_response())
}
