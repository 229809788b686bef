//! The web door: people, whom they follow, and one's own account.

mod edit;
mod follows;
mod profiles;

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
            .route("/users/{user}", get(profiles::show))
            .route("/users/{id}/follow", post(follows::follow))
            .route("/users/{id}/unfollow", post(follows::unfollow))
            .route("/users/{id}/followers", get(follows::followers))
            .route("/users/{id}/following", get(follows::following))
            .route("/me", get(profiles::me))
            .route("/me/edit", get(edit::form).post(edit::submit)),
    )
}
