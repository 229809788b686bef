//! What providers call back.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use host::{
    Here,
    http::{Answer, Path, RawBody},
};

use crate::ops;

/// A provider reports what became of a top-up. Sandbox: HMAC-SHA-256 of the body as lower-case hexadecimal; another
/// signature is 401 `payment.webhook_signature`. A report heard before changes nothing.
/// Refused with `payment.webhook_body`.
#[utoipa::path(post, path = "/webhooks/{provider}", tag = "payment",
    params(("provider" = String, Path, example = "sandbox"), ("x-sandbox-signature" = Option<String>, Header)),
    request_body(content = serde_json::Value, description = "As the provider signed it",
        example = json!({"reference": "top_01jc7hnyg70000800000000001", "status": "succeeded",
            "amount": {"minor": 2_000_000, "currency": "TZS"}})),
    responses((status = 204)), security(()))]
pub async fn hear(
    State(here): State<Here>,
    Path(provider): Path<String>,
    headers: HeaderMap,
    RawBody(body): RawBody,
) -> Answer<StatusCode> {
    let signature = headers.get(format!("x-{provider}-signature")).and_then(|value| value.to_str().ok());
    ops::hear_provider::hear_provider(&here, &provider, signature.unwrap_or_default(), &body).await?;
    Ok(StatusCode::NO_CONTENT)
}
