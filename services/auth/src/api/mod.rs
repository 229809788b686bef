//! The JSON door.

mod accounts;
mod caller;
mod keys;
mod log_in;
mod sessions;
mod sign_up;

use axum::{Router, routing::get};
use host::Here;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Every route of this service, under `/api/v1`.
pub fn routes() -> OpenApiRouter<Here> {
    OpenApiRouter::new()
        .routes(routes!(sign_up::register))
        .routes(routes!(sign_up::verify))
        .routes(routes!(sign_up::resend))
        .routes(routes!(log_in::with_password))
        .routes(routes!(log_in::with_code))
        .routes(routes!(log_in::refresh))
        .routes(routes!(log_in::log_out))
        .routes(routes!(sessions::list, sessions::end_others))
        .routes(routes!(sessions::end))
        .routes(routes!(sessions::devices))
        .routes(routes!(accounts::lock))
        .routes(routes!(accounts::unlock))
        .routes(routes!(accounts::erase))
}

/// What clients of the standards look for at the root.
pub fn well_known() -> Router<Here> {
    Router::new().route("/.well-known/jwks.json", get(keys::key_set))
}
