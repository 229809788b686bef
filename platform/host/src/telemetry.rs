//! Logs and metrics. Neither ever holds names, contacts, codes or tokens (X14).

use std::io::IsTerminal;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::config::Mode;

/// Starts logging to standard error: lines for people in development, JSON elsewhere.
pub fn logs(mode: Mode, filter: &str) -> Result<(), String> {
    let filter = EnvFilter::try_new(filter).map_err(|error| format!("NEXGATE_LOG: {error}"))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match mode {
        Mode::Development => lines.with_target(false).with_ansi(std::io::stderr().is_terminal()).try_init(),
        Mode::Production => lines.json().flatten_event(true).try_init(),
    }
    .map_err(|error| error.to_string())
}

/// Installs the process's metrics recorder; `None` when there is one already, as in a test process.
pub fn metrics() -> Option<PrometheusHandle> {
    PrometheusBuilder::new().install_recorder().ok()
}
