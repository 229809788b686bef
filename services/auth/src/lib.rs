//! Auth: who somebody is, and what proves it.

mod api;
mod asks;
mod fault;
mod jobs;
mod model;
mod ops;
mod store;
mod views;
mod web;

use std::time::Duration;

use contracts::{
    auth::{AccountErased, AccountLocked, AccountOpened, AccountUnlocked, CodeIssued, ContactsChanged},
    profile::OpenProfile,
};
use host::Service;

/// Everything this service is made of.
pub fn service() -> Service {
    Service::new("auth", sqlx::migrate!())
        .api(api::routes())
        .web(api::well_known())
        .web(web::pages())
        .answers(asks::grant_role)
        .answers(asks::signing_keys)
        .answers(asks::ended_sessions)
        .answers(asks::renew_session)
        .asks::<OpenProfile>()
        .tells::<CodeIssued>()
        .tells::<AccountOpened>()
        .tells::<ContactsChanged>()
        .tells::<AccountLocked>()
        .tells::<AccountUnlocked>()
        .tells::<AccountErased>()
        .retells(jobs::retell_accounts)
        .every(Duration::from_hours(1), "rotate_keys", jobs::rotate_keys)
        .every(Duration::from_hours(1), "sweep", jobs::sweep)
}
