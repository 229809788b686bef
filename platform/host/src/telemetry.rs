//! Logs and metrics. Neither ever holds names, contacts, codes or tokens (X14).

use std::{io::IsTerminal, time::Duration};

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::{EnvFilter, filter::LevelFilter, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::Mode;

const UPKEEP: Duration = Duration::from_secs(5);

/// Starts logging to standard error: lines for people in development, JSON elsewhere. Nothing is finer than debug, whatever the
/// filter says: at trace libraries write out what they carry, which may be anybody's words.
pub fn logs(mode: Mode, filter: &str) -> Result<(), String> {
    let filter = EnvFilter::try_new(filter).map_err(|error| format!("NEXGATE_LOG: {error}"))?;
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let finest = tracing_subscriber::registry().with(filter).with(LevelFilter::DEBUG);
    match mode {
        Mode::Development => finest.with(lines.with_target(false).with_ansi(std::io::stderr().is_terminal())).try_init(),
        Mode::Production => finest.with(lines.json().flatten_event(true)).try_init(),
    }
    .map_err(|error| error.to_string())
}

/// Installs the process's metrics recorder; `None` when there is one already, as in a test process.
pub fn metrics() -> Option<PrometheusHandle> {
    PrometheusBuilder::new().install_recorder().ok()
}

/// Settles what was measured, until `stop`: the recorder keeps every sample until somebody does, read or not.
pub(crate) async fn upkeep(metrics: PrometheusHandle, stop: CancellationToken) {
    let mut pause = tokio::time::interval(UPKEEP);
    while !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => {}
            _ = pause.tick() => metrics.run_upkeep(),
        }
    }
}
