//! What providers call back.

use axum::{
    extract::{Request, State},
    http::StatusCode,
};
use host::{
    Here,
    http::{Answer, Path},
};
use kernel::{Fault, Kind};

use crate::ops;

/// A provider reports what became of a top-up. Sandbox: HMAC-SHA-256 of the body as lower-case hexadecimal; another
/// signature is 401 `payment.webhook_signature`. A report heard before changes nothing.
#[utoipa::path(post, path = "/webhooks/{provider}", tag = "payment",
    params(("provider" = String, Path, example = "sandbox"), ("x-sandbox-signature" = Option<String>, Header)),
    request_body(content = serde_json::Value, description = "As the provider signed it",
        example = json!({"reference": "top_01jc7hnyg70000800000000001", "status": "succeeded",
            "amount": {"minor": 2_000_000, "currency": "TZS"}})),
    responses((status = 204)), security(()))]
pub async fn hear(State(here): State<Here>, Path(provider): Path<String>, request: Request) -> Answer<StatusCode> {
    let (head, body) = request.into_parts();
    // Anybody may call this, so it reads no more than any other door.
    let body = axum::body::to_bytes(body, here.config.limits.body_bytes).await.map_err(|refused| {
        Fault::new(Kind::TooLarge, "body_too_large", "The body is larger than any report.").because(refused)
    })?;
    let signature = head.headers.get(format!("x-{provider}-signature")).and_then(|value| value.to_str().ok());
    ops::hear_provider::hear_provider(&here, &provider, signature.unwrap_or_default(), &body).await?;
    Ok(StatusCode::NO_CONTENT)
}
