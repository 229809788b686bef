//! The web door: the wallet, and bringing money into it.

mod top_up;
mod wallet;

use axum::{Router, routing::get};
use host::{Here, http::Pages};

ui::words!(Words);

/// What every page of this service is shown in.
type Shell = ui::Shell<Words>;

/// Every page of this service.
pub fn pages() -> Pages {
    ui::pages(
        Router::<Here>::new()
            .route("/wallet", get(wallet::show))
            .route("/wallet/balance", get(wallet::balance))
            .route("/wallet/top-up", get(top_up::form).post(top_up::submit))
            .route("/wallet/top-ups/{id}", get(top_up::show)),
    )
}
