//! The web door: shops and products, buying, orders from both sides, and the seller's desk.

mod checkouts;
mod desk;
mod edit;
mod moves;
mod orders;
mod products;
mod shelf;
mod shops;
mod words;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use host::{Here, http::Pages};

ui::words!(Words);

/// What every page of this service is shown in.
type Shell = ui::Shell<Words>;

/// Every page of this service.
pub fn pages() -> Pages {
    ui::pages(shelves().merge(selling()).merge(buying()).merge(order()))
}

fn shelves() -> Router<Here> {
    Router::new()
        .route("/shops/{handle}", get(shops::show))
        .route("/products/{id}", get(products::show))
        .route("/products/{id}/buy", get(up).post(products::buy))
}

fn selling() -> Router<Here> {
    Router::new()
        .route("/sell", get(desk::show).post(desk::open))
        .route("/sell/{handle}", get(shops::form).post(shops::change))
        .route("/sell/{handle}/products/new", get(shelf::form).post(shelf::add))
        .route("/products/{id}/edit", get(edit::form).post(edit::change))
        .route("/products/{id}/edit/stock", get(up).post(edit::count))
        .route("/products/{id}/edit/publish", post(edit::publish))
        .route("/products/{id}/edit/archive", post(edit::archive))
}

fn buying() -> Router<Here> {
    Router::new()
        .route("/checkouts/{id}", get(checkouts::show))
        .route("/checkouts/{id}/address", get(up).post(checkouts::address))
        .route("/checkouts/{id}/pay", get(up).post(checkouts::pay))
        .route("/checkouts/{id}/renew", get(up).post(checkouts::renew))
        .route("/checkouts/{id}/cancel", get(up).post(checkouts::cancel))
}

fn order() -> Router<Here> {
    Router::new()
        .route("/orders", get(orders::list))
        .route("/orders/{id}", get(orders::show))
        .route("/orders/{id}/accept", get(up).post(moves::accept))
        .route("/orders/{id}/ship", get(up).post(moves::ship))
        .route("/orders/{id}/deliver", get(up).post(moves::deliver))
        .route("/orders/{id}/confirm", get(up).post(moves::confirm))
        .route("/orders/{id}/cancel", get(up).post(moves::cancel))
        .route("/orders/{id}/extend", get(up).post(moves::extend))
        .route("/orders/{id}/handover-code", get(up).post(moves::renew_code))
}

/// Where a form was refused its page stands under the form's address: whoever opens that again gets the page itself.
async fn up(shell: Shell) -> Response {
    let path = shell.path.split('?').next().unwrap_or_default();
    shell.go(path.rsplit_once('/').map_or("/", |(page, _)| page))
}
