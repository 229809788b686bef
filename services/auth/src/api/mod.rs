//! The JSON door.

mod accounts;
mod caller;
mod flows;
mod keys;
mod sessions;

use axum::{Router, routing::get};
use host::Here;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Every route of this service, under `/api/v1`.
pub fn routes() -> OpenApiRouter<Here> {
    OpenApiRouter::new()
        .routes(routes!(flows::register))
        .routes(routes!(flows::begin_login))
        .routes(routes!(flows::verify))
        .routes(routes!(flows::resend))
        .routes(routes!(sessions::log_in))
        .routes(routes!(sessions::refresh))
        .routes(routes!(sessions::log_out))
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
