//! The JSON door.

mod escrows;
mod top_ups;
mod wallet;
mod webhooks;

use host::Here;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Every route of this service, under `/api/v1`.
pub fn routes() -> OpenApiRouter<Here> {
    OpenApiRouter::new()
        .routes(routes!(wallet::show))
        .routes(routes!(wallet::transactions))
        .routes(routes!(top_ups::open))
        .routes(routes!(top_ups::show))
        .routes(routes!(escrows::list))
        .routes(routes!(escrows::show))
        .routes(routes!(webhooks::hear))
}
