//! Notification: what people are told, and how it reaches them.

mod api;
mod fault;
mod inbox;
mod jobs;
mod model;
mod ops;
mod store;
mod views;
mod web;

use std::time::Duration;

use host::Service;

/// Everything this service is made of. It asks nobody and answers nobody.
pub fn service() -> Service {
    let (mail, sms) = {
        let post = jobs::Post::default();
        (post.clone(), post)
    };
    Service::new("notification", sqlx::migrate!())
        .api(api::routes())
        .web(web::pages())
        .hears(inbox::auth::code_issued)
        .hears(inbox::auth::account_opened)
        .copies(inbox::auth::contacts_changed)
        .copies(inbox::auth::account_locked)
        .copies(inbox::auth::account_unlocked)
        .copies(inbox::auth::account_erased)
        .copies(inbox::profile::profile_changed)
        .copies(inbox::profile::block_changed)
        .copies(inbox::profile::user_moderated)
        .hears_together(inbox::profile::followed)
        .hears(inbox::profile::follow_requested)
        .hears(inbox::profile::request_accepted)
        .hears(inbox::profile::mentioned)
        .hears(inbox::profile::case_decided)
        .hears(inbox::profile::verification_decided)
        .hears(inbox::profile::trust_reviewed)
        .hears(inbox::commerce::order_placed)
        .hears(inbox::commerce::payment_received)
        .hears(inbox::commerce::order_shipped)
        .hears(inbox::commerce::handover_code_made)
        .hears(inbox::commerce::order_delivered)
        .hears(inbox::commerce::order_cancelled)
        .hears(inbox::payment::payment_succeeded)
        .hears(inbox::payment::payment_failed)
        .hears(inbox::payment::escrow_released)
        .hears(inbox::payment::refund_processed)
        .runs(move |here, job| mail.clone().deliver(here, job))
        .runs(move |here, job| sms.clone().deliver_sms(here, job))
        .every(Duration::from_hours(1), "expire_codes", jobs::expire_codes)
        .every(Duration::from_hours(1), "sweep", jobs::sweep)
}
