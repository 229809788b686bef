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
        .route("/products/{id}/buy", get(ui::up::<Words>).post(products::buy))
}

fn selling() -> Router<Here> {
    Router::new()
        .route("/sell", get(desk::show).post(desk::open))
        .route("/sell/{handle}", get(shops::form).post(shops::change))
        .route("/sell/{handle}/products/new", get(shelf::form).post(shelf::add))
        .route("/products/{id}/edit", get(edit::form).post(edit::change))
        .route("/products/{id}/edit/stock", get(ui::up::<Words>).post(edit::count))
        .route("/products/{id}/edit/publish", post(edit::publish))
        .route("/products/{id}/edit/archive", post(edit::archive))
}

fn buying() -> Router<Here> {
    Router::new()
        .route("/checkouts/{id}", get(checkouts::show))
        .route("/checkouts/{id}/address", get(ui::up::<Words>).post(checkouts::address))
        .route("/checkouts/{id}/pay", get(ui::up::<Words>).post(checkouts::pay))
        .route("/checkouts/{id}/renew", get(ui::up::<Words>).post(checkouts::renew))
        .route("/checkouts/{id}/cancel", get(ui::up::<Words>).post(checkouts::cancel))
}

fn order() -> Router<Here> {
    Router::new()
        .route("/orders", get(orders::list))
        .route("/orders/{id}", get(orders::show))
        .route("/orders/{id}/accept", get(ui::up::<Words>).post(moves::accept))
        .route("/orders/{id}/ship", get(ui::up::<Words>).post(moves::ship))
        .route("/orders/{id}/deliver", get(ui::up::<Words>).post(moves::deliver))
        .route("/orders/{id}/confirm", get(ui::up::<Words>).post(moves::confirm))
        .route("/orders/{id}/cancel", get(ui::up::<Words>).post(moves::cancel))
        .route("/orders/{id}/extend", get(ui::up::<Words>).post(moves::extend))
        .route("/orders/{id}/handover-code", get(ui::up::<Words>).post(moves::renew_code))
}
