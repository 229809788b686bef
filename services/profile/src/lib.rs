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

use std::time::Duration;

use contracts::{
    commerce::{ProductExhibit, ShopExhibit},
    files::PicturesOf,
    profile::{
        BlockChanged, CaseDecided, FollowRequested, Followed, Mentioned, PostModerated, PrivacyChanged, ProductModerated,
        ProfileChanged, RequestAccepted, ShopModerated, TrustReviewed, TrustUpdated, Unfollowed, UserExhibit, UserModerated,
        UsernameChanged, VerificationDecided,
    },
    social::PostExhibit,
};
use host::Service;

/// Everything this service is made of.
pub fn service() -> Service {
    Service::new("profile", sqlx::migrate!())
        .api(api::routes())
        .web(web::pages())
        .asks::<PicturesOf>()
        .asks::<PostExhibit>()
        .asks::<ProductExhibit>()
        .asks::<ShopExhibit>()
        .asks::<UserExhibit>()
        .answers(asks::open_profile)
        .answers(asks::people)
        .answers(asks::relationships)
        .answers(asks::recompute_trust)
        .answers(asks::user_exhibit)
        .tells::<ProfileChanged>()
        .tells::<UsernameChanged>()
        .tells::<Followed>()
        .tells::<Unfollowed>()
        .tells::<PrivacyChanged>()
        .tells::<FollowRequested>()
        .tells::<RequestAccepted>()
        .tells::<BlockChanged>()
        .tells::<Mentioned>()
        .tells::<TrustUpdated>()
        .tells::<CaseDecided>()
        .tells::<VerificationDecided>()
        .tells::<TrustReviewed>()
        .tells::<UserModerated>()
        .tells::<PostModerated>()
        .tells::<ProductModerated>()
        .tells::<ShopModerated>()
        .retells(jobs::retell_profiles)
        .retells(jobs::retell_ties)
        .retells(jobs::retell_withheld)
        .copies(inbox::auth::account_locked)
        .copies(inbox::auth::account_unlocked)
        .copies(inbox::auth::account_erased)
        .copies(inbox::files::media_ready)
        .copies(inbox::files::media_deleted)
        .copies(inbox::commerce::order_completed)
        .copies(inbox::commerce::order_cancelled)
        .copies(inbox::commerce::shop_changed)
        .runs(jobs::settle_requests)
        .runs(jobs::settle_portrait)
        .runs(jobs::recount)
        .runs(jobs::judge)
        .runs(jobs::tell_reporters)
        .every(Duration::from_secs(5), "fold_counts", jobs::fold_counts)
        .every(Duration::from_hours(24), "begin_recount", jobs::begin_recount)
        .every(Duration::from_secs(10), "judge_due", jobs::judge_due)
        .every(Duration::from_hours(1), "sweep", jobs::sweep)
        .every(Duration::from_hours(24), "blank_exhibits", jobs::blank_exhibits)
        .every(Duration::from_hours(1), "forget_petitions", jobs::forget_petitions)
        .every(Duration::from_hours(24), "reseal_documents", jobs::reseal_documents)
}
