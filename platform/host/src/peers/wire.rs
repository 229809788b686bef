//! Asks between nodes: `POST /_ask/{name}` on the other's private listener, JSON both ways.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode, header},
};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use kernel::{Ask, Fault};
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use super::badge::Badges;
use crate::trace::{self, TRACEPARENT};

/// Bytes of an ask or an answer.
pub(crate) const LARGEST: usize = 1 << 20;

/// An ask on its way.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// Milliseconds its caller still waits.
    pub deadline_ms: u64,
    pub body: Box<RawValue>,
}

/// What comes back: the answer, or the fault as the neighbour has it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answered {
    Ok(Box<RawValue>),
    Fault(Fault),
}

/// Connections to other nodes.
#[derive(Clone)]
pub(crate) struct Wire {
    client: Client<HttpConnector, Body>,
    badges: Badges,
}

impl Wire {
    pub fn new(badges: Badges) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(Duration::from_secs(2)));
        let client = Client::builder(TokioExecutor::new()).pool_idle_timeout(Duration::from_secs(30)).build(connector);
        Self { client, badges }
    }

    /// Sends a request as it is, for forwarding.
    pub async fn send(&self, request: Request<Body>) -> Result<axum::response::Response, Fault> {
        let response = self.client.request(request).await.map_err(|error| Fault::unavailable(1, error))?;
        Ok(response.map(Body::new))
    }

    pub async fn ask<A: Ask>(&self, caller: &'static str, url: &str, ask: A, patience: Duration) -> Result<A::Answer, Fault> {
        let deadline_ms = u64::try_from(patience.as_millis()).unwrap_or(u64::MAX);
        let asked = Asked { deadline_ms, body: to_raw_value(&ask)? };
        let request = Request::post(format!("{url}/_ask/{}", A::NAME))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {}", self.badges.of(caller)?));
        let request = match trace::current() {
            Some(trace) => request.header(TRACEPARENT, trace),
            None => request,
        };
        let request = request.body(Body::from(serde_json::to_vec(&asked)?)).map_err(Fault::internal)?;
        let response = self.send(request).await?;
        let (status, body) = (response.status(), read(response.into_body()).await?);
        if status != StatusCode::OK {
            return Err(Fault::unavailable(1, format_args!("{} was answered {status}", A::NAME)));
        }
        match serde_json::from_slice(&body)? {
            Answered::Ok(answer) => Ok(serde_json::from_str(answer.get())?),
            Answered::Fault(fault) => Err(fault),
        }
    }
}

async fn read(body: Body) -> Result<Bytes, Fault> {
    axum::body::to_bytes(body, LARGEST).await.map_err(|error| Fault::unavailable(1, error))
}
