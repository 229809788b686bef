//! Social: what people tell each other in public, and who reads it.

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
    commerce::ProductCards,
    files::PicturesOf,
    profile::{People, Relationships},
    social::PostPublished,
};
use host::Service;

/// Everything this service is made of.
pub fn service() -> Service {
    Service::new("social", sqlx::migrate!())
        .api(api::routes())
        .web(web::pages())
        .answers(asks::post_exhibit)
        .asks::<People>()
        .asks::<Relationships>()
        .asks::<ProductCards>()
        .asks::<PicturesOf>()
        .tells::<PostPublished>()
        .copies_together(inbox::profile::followed)
        .copies_together(inbox::profile::unfollowed)
        .copies(inbox::profile::post_moderated)
        .copies(inbox::commerce::order_placed)
        .copies(inbox::files::media_ready)
        .copies(inbox::files::media_deleted)
        .copies(inbox::auth::account_locked)
        .copies(inbox::auth::account_unlocked)
        .copies(inbox::auth::account_erased)
        .every(Duration::from_hours(1), "sweep", jobs::sweep)
}
