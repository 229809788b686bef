//! The JSON door.

mod blocks;
mod follows;
mod moderation;
mod petitions;
mod privacy;
mod reports;
mod requests;
mod trust;
mod users;
mod verification;

use axum::extract::DefaultBodyLimit;
use host::Here;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::ops::petitions::hand_in::MOST_BYTES;

/// Every route of this service, under `/api/v1`.
pub fn routes() -> OpenApiRouter<Here> {
    OpenApiRouter::new()
        .routes(routes!(verification::show, verification::ask))
        .routes(routes!(verification::review))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .routes(routes!(verification::deals))
        .routes(routes!(verification::list))
        .routes(routes!(verification::one, verification::withdraw))
        .routes(routes!(petitions::queue))
        .routes(routes!(petitions::show))
        .routes(routes!(petitions::take))
        .routes(routes!(petitions::release))
        .routes(routes!(petitions::open))
        .routes(routes!(petitions::decide))
        .routes(routes!(users::me, users::change_me))
        .routes(routes!(users::preview))
        .routes(routes!(users::show))
        .routes(routes!(users::username))
        .routes(routes!(users::relationships))
        .routes(routes!(users::suggestions))
        .routes(routes!(follows::follow, follows::unfollow))
        .routes(routes!(follows::remove_follower))
        .routes(routes!(follows::followers))
        .routes(routes!(follows::following))
        .routes(routes!(follows::mutuals))
        .routes(routes!(requests::asking))
        .routes(routes!(requests::accept))
        .routes(routes!(requests::decline))
        .routes(routes!(requests::asked))
        .routes(routes!(requests::withdraw))
        .routes(routes!(blocks::block, blocks::unblock))
        .routes(routes!(blocks::mute, blocks::unmute))
        .routes(routes!(blocks::restrict, blocks::unrestrict))
        .routes(routes!(blocks::blocks))
        .routes(routes!(blocks::mutes))
        .routes(routes!(blocks::restricted))
        .routes(routes!(privacy::show, privacy::change))
        .routes(routes!(trust::show))
        .routes(routes!(reports::report))
        .routes(routes!(reports::cases))
        .routes(routes!(reports::case))
        .routes(routes!(reports::appeal))
        .routes(routes!(moderation::queue))
        .routes(routes!(moderation::show))
        .routes(routes!(moderation::take))
        .routes(routes!(moderation::release))
        .routes(routes!(moderation::decide))
}
