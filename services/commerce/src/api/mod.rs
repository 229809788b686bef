//! The JSON door.

mod checkouts;
mod orders;
mod products;
mod shops;

use host::Here;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Every route of this service, under `/api/v1`.
pub fn routes() -> OpenApiRouter<Here> {
    OpenApiRouter::new().merge(shelves()).merge(buying()).merge(order())
}

fn shelves() -> OpenApiRouter<Here> {
    OpenApiRouter::new()
        .routes(routes!(shops::open))
        .routes(routes!(shops::show, shops::change))
        .routes(routes!(products::add))
        .routes(routes!(products::list))
        .routes(routes!(products::show, products::change))
        .routes(routes!(products::publish))
        .routes(routes!(products::archive))
        .routes(routes!(products::change_stock))
}

fn buying() -> OpenApiRouter<Here> {
    OpenApiRouter::new()
        .routes(routes!(checkouts::open))
        .routes(routes!(checkouts::show, checkouts::change, checkouts::cancel))
        .routes(routes!(checkouts::pay))
}

fn order() -> OpenApiRouter<Here> {
    OpenApiRouter::new()
        .routes(routes!(orders::list))
        .routes(routes!(orders::show))
        .routes(routes!(orders::accept))
        .routes(routes!(orders::ship))
        .routes(routes!(orders::deliver))
        .routes(routes!(orders::confirm))
        .routes(routes!(orders::cancel))
        .routes(routes!(orders::renew_code))
        .routes(routes!(orders::extend))
}
