//! The web door: what somebody was told, and in development mode everything that went out.

mod notifications;
mod outbox;

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
            .route("/notifications", get(notifications::list))
            .route("/notifications/unread", get(notifications::unread))
            .route("/notifications/read-all", post(notifications::read_all))
            .route("/notifications/{id}/open", post(notifications::open))
            .route("/notifications/{id}/delete", post(notifications::delete))
            .route("/dev/outbox", get(outbox::outbox)),
    )
}
