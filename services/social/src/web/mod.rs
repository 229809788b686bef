//! The web door: the feed, writing a post, and posts for everybody who has their address.

mod compose;
mod lists;
mod posts;
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
    ui::pages(
        Router::<Here>::new()
            .route("/feed", get(lists::feed))
            .route("/users/{id}/posts", get(lists::of_author))
            .route("/compose", get(compose::form).post(compose::submit))
            .route("/posts/{id}", get(posts::show))
            .route("/posts/{id}/edit", get(posts::edit).post(posts::save))
            .route("/posts/{id}/delete", post(posts::delete)),
    )
}
