//! The front door: what runs here, and whether it is well.

use axum::{
    Router,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};

use super::{Gate, Ready};
use crate::config::Mode;

/// `/`, `/healthz` and `/readyz`; in development `/metrics` too.
pub(super) fn routes(gate: Gate, services: Vec<&'static str>) -> Router {
    let page = page(gate.config.mode, &services);
    let metrics = match gate.config.mode {
        Mode::Development => metrics(&gate),
        Mode::Production => Router::new(),
    };
    Router::new()
        .route("/", get(move || async move { Html(page) }))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(move || is_ready(gate.ready)))
        .merge(metrics)
}

/// What the private listener shows besides: routes and loads are nobody's business but theirs who run the platform.
pub(crate) fn inside(gate: &Gate) -> Router {
    match gate.config.mode {
        // There the public routes, which it serves too, have them.
        Mode::Development => Router::new(),
        Mode::Production => metrics(gate),
    }
}

fn metrics(gate: &Gate) -> Router {
    let metrics = gate.metrics.clone();
    Router::new().route("/metrics", get(move || async move { scrape(metrics.as_ref()) }))
}

async fn is_ready(ready: Ready) -> Response {
    match ready.refusal().await {
        None => "ready".into_response(),
        Some(reason) => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")], reason).into_response(),
    }
}

fn scrape(metrics: Option<&metrics_exporter_prometheus::PrometheusHandle>) -> String {
    metrics.map(metrics_exporter_prometheus::PrometheusHandle::render).unwrap_or_default()
}

fn page(mode: Mode, services: &[&'static str]) -> String {
    let services = format!("<li>{}</li>", services.join("</li><li>"));
    let outbox = match mode {
        Mode::Development => "<li><a href=\"/dev/outbox\">Development outbox</a>: every message the platform sent</li>",
        Mode::Production => "",
    };
    include_str!("front.html")
        .replace("{version}", env!("CARGO_PKG_VERSION"))
        .replace("{services}", &services)
        .replace("{outbox}", outbox)
}
