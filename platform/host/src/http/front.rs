//! Whether a node is well, for whoever runs it.

use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::{Gate, Ready};
use crate::config::Mode;

/// `/healthz` and `/readyz`; in development `/metrics` too.
pub(super) fn routes(gate: &Gate) -> Router {
    let metrics = match gate.config.mode {
        Mode::Development => metrics(gate),
        Mode::Production => Router::new(),
    };
    let ready = gate.ready.clone();
    Router::new().route("/healthz", get(|| async { "ok" })).route("/readyz", get(move || is_ready(ready))).merge(metrics)
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
