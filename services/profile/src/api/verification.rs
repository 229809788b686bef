//! What somebody asks moderators about themselves: to be verified, and to look at their trust.

use axum::{
    Json,
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
};
use contracts::{
    ids::{Order, Petition},
    profile::Badge,
};
use host::{
    Here,
    http::{Answer, Caller, Created, FormParts, Path, Query, checked},
};
use kernel::{Actor, Fault, Id, Page, PageQuery};
use utoipa::ToSchema;

use crate::{
    fault::PetitionRefusal,
    ops::petitions::{
        hand_in::{Filled, LIMITS},
        submit_petition::{self, SubmitPetition},
        withdraw_petition,
    },
    views::own_petitions::{self, OwnPetition, QuestionableDeal, VerificationView},
};

/// What is sent as multipart/form-data (RFC 7578), the words before the files.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "it only describes the form, which is read part by part")]
pub struct VerificationForm {
    badge: Badge,
    /// As your documents have it.
    #[schema(example = "Amina Juma Mushi", max_length = 100)]
    name: String,
    #[schema(example = "Both sides of my card, and me.", max_length = 1000)]
    words: Option<String>,
    /// 1 to 4 files: JPEG, PNG, WebP or PDF, at most 10 MB each.
    #[schema(value_type = Vec<String>, format = Binary)]
    documents: Vec<u8>,
}

/// The same about trust.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "it only describes the form, which is read part by part")]
pub struct TrustReviewForm {
    /// 1 to 20 deals that count against you and shouldn't, each a part of its own.
    deals: Vec<Id<Order>>,
    /// Why they shouldn't.
    #[schema(example = "The bus had an accident; the buyer agreed to wait.", max_length = 1000)]
    words: String,
    /// Up to 4 files that show it.
    #[schema(value_type = Option<Vec<String>>, format = Binary)]
    documents: Option<Vec<u8>>,
}

/// How far I am verified, badge by badge.
#[utoipa::path(get, path = "/users/me/verification", tag = "profile", responses((status = 200, body = VerificationView)))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller) -> Answer<Json<VerificationView>> {
    Ok(Json(own_petitions::verification(&here, actor.user()?).await?))
}

/// Ask to be verified. Documents are encrypted, opened by the moderator who decides and nobody else, and deleted 90 days after the decision.
/// Refused with `profile.badge_missing`, `profile.name_missing`, `profile.documents_missing`, `profile.too_many_documents`,
/// `profile.document_too_large`, `profile.document_unfit`, `profile.bad_form`, `profile.badge_held`, `profile.petition_waits`,
/// `profile.too_many_petitions`, `profile.account_locked`.
#[utoipa::path(post, path = "/users/me/verification", tag = "profile",
    request_body(content = VerificationForm, content_type = "multipart/form-data"), responses((status = 201, body = OwnPetition)))]
pub async fn ask(
    State(here): State<Here>,
    Caller(actor): Caller,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<Created<OwnPetition>> {
    let cmd = read(&here, &actor, form, Filled::default()).await?.verification()?;
    submit(&here, &actor, cmd).await
}

/// Deals of mine that count against my trust, or did, the last one first.
#[utoipa::path(get, path = "/users/me/trust/deals", tag = "profile", params(PageQuery), responses((status = 200, body = Page<QuestionableDeal>)))]
pub async fn deals(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<QuestionableDeal>>> {
    Ok(Json(own_petitions::deals(&here, actor.user()?, &page).await?))
}

/// Ask a moderator to look at deals that count against my trust.
/// Refused with `profile.deals_missing`, `profile.too_many_deals`, `profile.deal_unknown`, `profile.deal_questioned`,
/// `profile.words_missing`, `profile.too_many_documents`, `profile.document_too_large`, `profile.document_unfit`, `profile.bad_form`,
/// `profile.petition_waits`, `profile.too_many_petitions`, `profile.account_locked`.
#[utoipa::path(post, path = "/users/me/trust/review", tag = "profile",
    request_body(content = TrustReviewForm, content_type = "multipart/form-data"), responses((status = 201, body = OwnPetition)))]
pub async fn review(
    State(here): State<Here>,
    Caller(actor): Caller,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<Created<OwnPetition>> {
    let cmd = read(&here, &actor, form, Filled::about_trust()).await?.review()?;
    submit(&here, &actor, cmd).await
}

async fn read(
    here: &Here,
    actor: &Actor,
    form: Result<Multipart, MultipartRejection>,
    mut filled: Filled,
) -> Result<Filled, Fault> {
    let owner = actor.user()?;
    let form = form.map_err(|refused| Fault::from(PetitionRefusal::BadForm).because(refused))?;
    filled.read(here, owner, &mut FormParts::new(form, LIMITS)).await?;
    Ok(filled)
}

async fn submit(here: &Here, actor: &Actor, cmd: SubmitPetition) -> Answer<Created<OwnPetition>> {
    let id = submit_petition::submit_petition(here, actor, checked(cmd)?).await?;
    Ok(Created(own_petitions::by_id(here, actor.user()?, id).await?))
}

/// Everything I asked moderators about myself, newest first.
#[utoipa::path(get, path = "/users/me/petitions", tag = "profile", params(PageQuery), responses((status = 200, body = Page<OwnPetition>)))]
pub async fn list(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<OwnPetition>>> {
    Ok(Json(own_petitions::list(&here, actor.user()?, &page).await?))
}

/// One of these.
#[utoipa::path(get, path = "/users/me/petitions/{id}", tag = "profile", params(("id" = Id<Petition>, Path)),
    responses((status = 200, body = OwnPetition)))]
pub async fn one(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Petition>>) -> Answer<Json<OwnPetition>> {
    Ok(Json(own_petitions::by_id(&here, actor.user()?, id).await?))
}

/// Take one back that waits. What I handed in is deleted.
/// Refused with `profile.petition_settled`.
#[utoipa::path(delete, path = "/users/me/petitions/{id}", tag = "profile", params(("id" = Id<Petition>, Path)), responses((status = 204)))]
pub async fn withdraw(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Petition>>) -> Answer<StatusCode> {
    withdraw_petition::withdraw_petition(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
