//! Payment: all money movement.

mod api;
mod asks;
mod fault;
mod inbox;
mod jobs;
mod model;
mod ops;
mod store;
mod views;
mod web;

use contracts::payment::{EscrowHeld, EscrowReleased, PaymentFailed, PaymentSucceeded, RefundProcessed, TopUpSettled};
use host::Service;

/// Everything this service is made of.
pub fn service() -> Service {
    Service::new("payment", sqlx::migrate!())
        .settings::<model::settings::Settings>()
        .api(api::routes())
        .web(web::pages())
        .answers(asks::hold_escrow)
        .answers(asks::release_escrow)
        .answers(asks::refund_escrow)
        .answers(asks::verify_ledger)
        .tells::<PaymentSucceeded>()
        .tells::<PaymentFailed>()
        .tells::<TopUpSettled>()
        .tells::<EscrowHeld>()
        .tells::<EscrowReleased>()
        .tells::<RefundProcessed>()
        .copies(inbox::auth::account_locked)
        .copies(inbox::auth::account_unlocked)
        .copies(inbox::auth::account_erased)
        .runs(jobs::start_top_up)
        .runs(jobs::mature_payout)
}
