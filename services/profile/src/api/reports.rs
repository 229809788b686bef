//! Reports, and what was decided of what concerns me.

use axum::{Json, extract::State};
use contracts::ids::Case;
use host::{
    Here,
    http::{Answer, Body, Caller, Created, Path, Query},
};
use kernel::{Id, Page, PageQuery};

use crate::{
    ops::moderation::{
        appeal_case::{self, AppealCase},
        report_thing::{self, ReportThing},
    },
    views::own_cases::{self, OwnCase},
};

/// Report somebody, a post, a product or a shop to the moderators. Reporting it again changes nothing until they have decided.
/// Refused with `profile.reports_oneself`, `profile.words_missing`, `profile.too_many_reports`, `profile.account_locked`.
#[utoipa::path(post, path = "/reports", tag = "profile", request_body = ReportThing, responses((status = 201, body = OwnCase)))]
pub async fn report(State(here): State<Here>, Caller(actor): Caller, Body(cmd): Body<ReportThing>) -> Answer<Created<OwnCase>> {
    let case = report_thing::report_thing(&here, &actor, &cmd).await?;
    Ok(Created(own_cases::by_id(&here, actor.user()?, case).await?))
}

/// What I reported, and what was decided against what is mine, newest first.
#[utoipa::path(get, path = "/users/me/cases", tag = "profile", params(PageQuery), responses((status = 200, body = Page<OwnCase>)))]
pub async fn cases(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<OwnCase>>> {
    Ok(Json(own_cases::list(&here, actor.user()?, &page).await?))
}

/// One of these cases.
#[utoipa::path(get, path = "/users/me/cases/{id}", tag = "profile", params(("id" = Id<Case>, Path)), responses((status = 200, body = OwnCase)))]
pub async fn case(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Case>>) -> Answer<Json<OwnCase>> {
    Ok(Json(own_cases::by_id(&here, actor.user()?, id).await?))
}

/// Ask another moderator to look again at a decision that goes against me, within 30 days.
/// Refused with `profile.no_appeal`, `profile.words_missing`, `profile.account_locked`.
#[utoipa::path(post, path = "/moderation/cases/{id}/appeal", tag = "profile", params(("id" = Id<Case>, Path)),
    request_body = AppealCase, responses((status = 200, body = OwnCase)))]
pub async fn appeal(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Case>>,
    Body(cmd): Body<AppealCase>,
) -> Answer<Json<OwnCase>> {
    appeal_case::appeal_case(&here, &actor, id, &cmd).await?;
    Ok(Json(own_cases::by_id(&here, actor.user()?, id).await?))
}
