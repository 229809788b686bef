//! The web door: signing up, logging in, and where one is logged in.

mod log_in;
mod private;
mod sessions;
mod sign_up;
mod verify;

use axum::{
    Router,
    routing::{get, post},
};
use host::{Here, http::Pages};
use serde::Deserialize;

ui::words!(Words);

/// What every page of this service is shown in.
type Shell = ui::Shell<Words>;

/// Every page of this service.
pub fn pages() -> Pages {
    ui::pages(
        Router::<Here>::new()
            .route("/signup", get(sign_up::form).post(sign_up::submit))
            .route("/verify", get(verify::form).post(verify::submit))
            .route("/verify/resend", post(verify::resend))
            .route("/login", get(log_in::form).post(log_in::submit))
            .route("/login/code", post(log_in::send_code))
            .route("/logout", post(sessions::log_out))
            .route("/sessions", get(sessions::list))
            .route("/sessions/end-others", post(sessions::end_others))
            .route("/sessions/{id}/end", post(sessions::end)),
    )
}

/// Where the reader wanted to go.
#[derive(Debug, Default, Deserialize)]
struct Then {
    #[serde(default)]
    then: String,
}

impl Then {
    /// There, or to the feed where nothing is said.
    fn place(&self) -> &str {
        place(&self.then)
    }
}

fn place(then: &str) -> &str {
    if then.is_empty() { "/feed" } else { ui::inner(then) }
}
