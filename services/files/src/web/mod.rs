//! The web door: the bytes themselves.

mod media;
mod range;

use axum::{Router, routing::get};
use host::Here;

/// Every page of this service, at the root.
pub fn routes() -> Router<Here> {
    Router::new()
        .route("/media/public/{media}/{file}", get(media::public))
        .route("/media/private/{media}/{file}", get(media::private))
}
