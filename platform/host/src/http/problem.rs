//! Problem details (RFC 9457): the one place where a fault becomes an HTTP answer (X8).

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Fault, Field, Kind};
use serde::Serialize;

/// A fault on its way out as `application/problem+json`.
#[derive(Debug)]
pub struct Problem(pub Fault);

impl<F: Into<Fault>> From<F> for Problem {
    fn from(fault: F) -> Self {
        Self(fault.into())
    }
}

/// The body of every error.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// `urn:nexgate:problem:` and the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:nexgate:problem:commerce.sold_out")]
    pub uri: String,
    #[schema(example = "Conflict")]
    pub title: String,
    #[schema(example = 409)]
    pub status: u16,
    /// Stable; made for programs.
    #[schema(example = "commerce.sold_out")]
    pub code: String,
    /// One sentence for people.
    #[schema(example = "The last unit has just been sold.")]
    pub detail: String,
    /// The fields that were refused, where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Field>,
}

/// The status of a refusal of this kind.
pub fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Malformed => StatusCode::BAD_REQUEST,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable | Kind::Repeat => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self(fault) = self;
        let status = status(fault.kind());
        if status.is_server_error() {
            tracing::error!(%fault, "request failed");
        }
        respond(status, &fault)
    }
}

pub(super) fn respond(status: StatusCode, fault: &Fault) -> Response {
    let body = ProblemBody {
        uri: format!("urn:nexgate:problem:{}", fault.code()),
        title: status.canonical_reason().unwrap_or("Error").to_owned(),
        status: status.as_u16(),
        code: fault.code().to_owned(),
        detail: fault.detail().to_owned(),
        errors: fault.fields().to_vec(),
    };
    let mut response = (status, axum::Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if let Some(seconds) = fault.retry_after_seconds() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    // For whoever would rather have a page.
    response.extensions_mut().insert(fault.clone());
    response
}
