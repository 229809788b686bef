//! The JSON door.

mod follows;
mod users;

use host::Here;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Every route of this service, under `/api/v1`.
pub fn routes() -> OpenApiRouter<Here> {
    OpenApiRouter::new()
        .routes(routes!(users::me, users::change_me))
        .routes(routes!(users::show))
        .routes(routes!(users::username))
        .routes(routes!(users::relationships))
        .routes(routes!(follows::follow, follows::unfollow))
        .routes(routes!(follows::remove_follower))
        .routes(routes!(follows::followers))
        .routes(routes!(follows::following))
}
