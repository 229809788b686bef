//! Commerce: shops, what they sell, and the orders that come of it.

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

use std::time::Duration;

use contracts::{
    commerce::{
        HandoverCodeMade, OrderCancelled, OrderCompleted, OrderDelivered, OrderPlaced, OrderShipped, PaymentReceived, ShopChanged,
    },
    files::PicturesOf,
    payment::{HoldEscrow, RefundEscrow, ReleaseEscrow},
    profile::Relationships,
};
use host::Service;

/// Everything this service is made of.
pub fn service() -> Service {
    Service::new("commerce", sqlx::migrate!())
        .api(api::routes())
        .web(web::pages())
        .answers(asks::product_cards)
        .answers(asks::product_exhibit)
        .answers(asks::shop_exhibit)
        .asks::<Relationships>()
        .asks::<PicturesOf>()
        .asks::<HoldEscrow>()
        .asks::<ReleaseEscrow>()
        .asks::<RefundEscrow>()
        .tells::<OrderPlaced>()
        .tells::<PaymentReceived>()
        .tells::<OrderShipped>()
        .tells::<HandoverCodeMade>()
        .tells::<OrderDelivered>()
        .tells::<OrderCompleted>()
        .tells::<OrderCancelled>()
        .tells::<ShopChanged>()
        .retells(jobs::retell_orders)
        .retells(jobs::retell_ended_orders)
        .retells(jobs::retell_shops)
        .copies(inbox::auth::account_locked)
        .copies(inbox::auth::account_unlocked)
        .copies(inbox::auth::account_erased)
        .copies(inbox::files::media_ready)
        .copies(inbox::files::media_deleted)
        .copies(inbox::profile::product_moderated)
        .copies(inbox::profile::shop_moderated)
        .hears(inbox::payment::escrow_released)
        .hears(inbox::payment::refund_processed)
        .runs(jobs::expire_hold)
        .runs(jobs::resume_payment)
        .runs(jobs::release_order)
        .runs(jobs::refund_order)
        .runs(jobs::cancel_unaccepted)
        .runs(jobs::cancel_unshipped)
        .runs(jobs::release_overdue)
        .every(Duration::from_hours(1), "sweep", jobs::sweep)
}
