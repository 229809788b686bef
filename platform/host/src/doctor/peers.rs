//! Other nodes, by their private listeners.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use futures_util::future::join_all;
use kernel::Clock;

use super::{finding::Finding, in_time};
use crate::{
    config::Config,
    peers::{Wire, badge::Badges},
};

pub(super) async fn look(config: &Config, clock: &Clock) -> Vec<Finding> {
    let wire = Wire::new(Badges::new(config.keys.clone(), clock.clone()));
    let mut nodes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (service, url) in &config.peers {
        nodes.entry(url).or_default().push(service);
    }
    let found = nodes.into_iter().map(|(url, services)| {
        let (wire, subject) = (wire.clone(), format!("peer {}", services.join(", ")));
        async move { in_time(&subject, async { Ok(vec![ask(&wire, url, &subject).await?]) }).await }
    });
    join_all(found).await.concat()
}

async fn ask(wire: &Wire, url: &str, subject: &str) -> Result<Finding, String> {
    let request = Request::get(format!("{url}/readyz")).body(Body::empty()).map_err(|error| error.to_string())?;
    let answer = wire.send(request).await.map_err(|fault| format!("{url}: {}", fault.cause().unwrap_or(fault.detail())))?;
    Ok(match answer.status() {
        StatusCode::OK => Finding::ok(subject, format!("{url} is ready")),
        StatusCode::SERVICE_UNAVAILABLE => Finding::look(subject, format!("{url} is up and not ready: its database is away")),
        other => Finding::bad(subject, format!("{url} answered {other}: this is no node of ours")),
    })
}
