//! The web door: the bytes themselves, and pictures sent from pages.

mod media;
mod range;
mod uploads;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use host::{Here, http::Pages};

use crate::ops::take_upload;

ui::words!(Words);

/// What every page of this service is shown in.
type Shell = ui::Shell<Words>;

/// What programs fetch, at the root.
pub fn routes() -> Router<Here> {
    Router::new()
        .route("/media/public/{media}/{file}", get(media::public))
        .route("/media/private/{media}/{file}", get(media::private))
}

/// What people send.
pub fn pages() -> Pages {
    let most = DefaultBodyLimit::max(take_upload::MOST_BYTES);
    ui::pages(Router::new().route("/uploads", post(uploads::upload).layer(most))).uploads_at("/uploads")
}
