//! The JSON door.

mod media;

use axum::extract::DefaultBodyLimit;
use host::Here;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::ops::take_upload;

/// Every route of this service, under `/api/v1`.
pub fn routes() -> OpenApiRouter<Here> {
    OpenApiRouter::new()
        .routes(routes!(media::upload, media::list))
        .layer(DefaultBodyLimit::max(take_upload::MOST_BYTES))
        .routes(routes!(media::usage))
        .routes(routes!(media::show, media::delete))
        .routes(routes!(media::url))
}
