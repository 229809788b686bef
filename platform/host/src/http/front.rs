//! The front door: what runs here, and whether it is well.

use axum::{
    Router,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};

use super::{Gate, Ready};
use crate::config::Mode;

/// `/`, `/healthz`, `/readyz` and `/metrics`.
pub(super) fn routes(gate: Gate, services: Vec<&'static str>) -> Router {
    let (page, ready, metrics) = (page(gate.config.mode, &services), gate.ready.clone(), gate.metrics.clone());
    Router::new()
        .route("/", get(move || async move { Html(page) }))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(move || is_ready(ready.clone())))
        .route("/metrics", get(move || async move { scrape(metrics.as_ref()) }))
}

/// Ready means that every database answers, and that the node is going to stay.
async fn is_ready(ready: Ready) -> Response {
    let not = |reason: &'static str| (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")], reason).into_response();
    if ready.leaving.is_cancelled() {
        return not("leaving");
    }
    for pool in ready.databases.iter() {
        if sqlx::query_scalar!("select 1").fetch_one(pool).await.is_err() {
            return not("the database doesn't answer");
        }
    }
    "ready".into_response()
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
