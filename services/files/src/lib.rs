//! Files: what people upload, made fit to be shown, and kept.

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

use contracts::files::{MediaDeleted, MediaFailed, MediaReady};
use host::Service;

/// Everything this service is made of.
pub fn service() -> Service {
    Service::new("files", sqlx::migrate!())
        .settings::<model::settings::Settings>()
        .api(api::routes())
        .web(web::routes())
        .web(web::pages())
        .answers(asks::pictures_of)
        .tells::<MediaReady>()
        .tells::<MediaFailed>()
        .tells::<MediaDeleted>()
        .retells(jobs::retell_media)
        .copies(inbox::auth::account_locked)
        .copies(inbox::auth::account_unlocked)
        .copies(inbox::auth::account_erased)
        .runs(jobs::develop_media)
        .runs(jobs::remove_objects)
        .runs(jobs::erase_media)
        .every(Duration::from_hours(1), "sweep", jobs::sweep)
}
