//! The web door: people, what they are to each other, and one's own account.

mod deeds;
mod edit;
mod moderation;
mod own;
mod people;
mod petitions;
mod portraits;
mod privacy;
mod profiles;
mod reports;
mod suggestions;
mod trust;
mod verification;
mod words;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use host::{Here, http::Pages};

use self::{
    deeds::{Deed, by_post},
    own::list,
    portraits::{Place, portrait},
};
use crate::{ops::petitions::hand_in::MOST_BYTES, views::lists::Own};

ui::words!(Words);

/// What every page of this service is shown in.
type Shell = ui::Shell<Words>;

/// Every page of this service.
pub fn pages() -> Pages {
    let most = DefaultBodyLimit::max(MOST_BYTES);
    ui::pages(
        Router::<Here>::new()
            .route("/users/{user}", get(profiles::show))
            .route("/users/{id}/followers", get(people::followers))
            .route("/users/{id}/following", get(people::following))
            .route("/users/{id}/mutuals", get(people::mutuals))
            .route("/users/{id}/trust", get(trust::show))
            .route("/users/{id}/follow", by_post(Deed::Follow))
            .route("/users/{id}/unfollow", by_post(Deed::Unfollow))
            .route("/users/{id}/remove", by_post(Deed::RemoveFollower))
            .route("/users/{id}/accept", by_post(Deed::Accept))
            .route("/users/{id}/decline", by_post(Deed::Decline))
            .route("/users/{id}/mute", by_post(Deed::Mute))
            .route("/users/{id}/unmute", by_post(Deed::Unmute))
            .route("/users/{id}/block", by_post(Deed::Block))
            .route("/users/{id}/unblock", by_post(Deed::Unblock))
            .route("/me", get(profiles::me))
            .route("/me/edit", get(edit::form).post(edit::submit))
            .route("/me/avatar", portrait(Place::Avatar))
            .route("/me/cover", portrait(Place::Cover))
            .route("/me/as/{eyes}", get(profiles::preview))
            .route("/me/suggestions", get(suggestions::show))
            .route("/me/privacy", get(privacy::form).post(privacy::submit))
            .route("/me/requests", list(Own::Asking))
            .route("/me/requested", list(Own::Asked))
            .route("/me/blocks", list(Own::Blocks))
            .route("/me/mutes", list(Own::Mutes))
            .route("/report", get(reports::form).post(reports::submit))
            .route("/me/cases", get(reports::list))
            .route("/me/cases/{id}", get(reports::show))
            .route("/me/cases/{id}/appeal", get(ui::up::<Words>).post(reports::appeal))
            .route("/me/verification", get(verification::show))
            .route("/me/verification/{badge}", get(verification::form).post(verification::ask).layer(most))
            .route("/me/trust/review", get(verification::review_form).post(verification::review).layer(most))
            .route("/me/petitions/{id}", get(verification::petition))
            .route("/me/petitions/{id}/withdraw", post(verification::withdraw))
            .route("/moderation/petitions", get(petitions::queue))
            .route("/moderation/petitions/{id}", get(petitions::show))
            .route("/moderation/petitions/{id}/take", post(petitions::take))
            .route("/moderation/petitions/{id}/release", post(petitions::release))
            .route("/moderation/petitions/{id}/documents/{place}/open", post(petitions::open))
            .route("/moderation/petitions/{id}/decide", get(ui::up::<Words>).post(petitions::decide))
            .route("/moderation", get(moderation::queue))
            .route("/moderation/{id}", get(moderation::show))
            .route("/moderation/{id}/take", post(moderation::take))
            .route("/moderation/{id}/release", post(moderation::release))
            .route("/moderation/{id}/decide", get(ui::up::<Words>).post(moderation::decide)),
    )
    .uploads_at("/me/verification/{badge}")
    .uploads_at("/me/trust/review")
}
