//! The web door: pages outside the API.

mod outbox;

use axum::{Router, routing::get};
use host::Here;

/// Every page of this service, at the root.
pub fn routes() -> Router<Here> {
    Router::new().route("/dev/outbox", get(outbox::outbox))
}
