//! The JSON door.

mod notifications;

use host::Here;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Every route of this service, under `/api/v1`.
pub fn routes() -> OpenApiRouter<Here> {
    OpenApiRouter::new()
        .routes(routes!(notifications::list))
        .routes(routes!(notifications::unread_count))
        .routes(routes!(notifications::read_all))
        .routes(routes!(notifications::read))
        .routes(routes!(notifications::unread))
        .routes(routes!(notifications::delete))
}
