//! Profile: who people are to each other.

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

use contracts::profile::{BlockChanged, FollowRequested, Followed, PrivacyChanged, ProfileChanged, RequestAccepted, Unfollowed};
use host::Service;

/// Everything this service is made of.
pub fn service() -> Service {
    Service::new("profile", sqlx::migrate!())
        .api(api::routes())
        .web(web::pages())
        .answers(asks::open_profile)
        .answers(asks::people)
        .answers(asks::relationships)
        .tells::<ProfileChanged>()
        .tells::<Followed>()
        .tells::<Unfollowed>()
        .tells::<PrivacyChanged>()
        .tells::<FollowRequested>()
        .tells::<RequestAccepted>()
        .tells::<BlockChanged>()
        .retells(jobs::retell_profiles)
        .retells(jobs::retell_ties)
        .copies(inbox::auth::account_locked)
        .copies(inbox::auth::account_unlocked)
        .copies(inbox::auth::account_erased)
        .runs(jobs::settle_requests)
}
