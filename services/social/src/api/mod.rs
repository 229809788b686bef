//! The JSON door.

mod lists;
mod posts;

use host::Here;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Every route of this service, under `/api/v1`.
pub fn routes() -> OpenApiRouter<Here> {
    OpenApiRouter::new()
        .routes(routes!(posts::publish))
        .routes(routes!(posts::show, posts::edit, posts::delete))
        .routes(routes!(lists::feed))
        .routes(routes!(lists::of_author))
}
