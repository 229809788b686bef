//! Forwarding: paths of services another node mounts are answered by that node.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    extract::{ConnectInfo, OriginalUri, Request, State},
    http::{HeaderName, HeaderValue, Uri, header, uri::PathAndQuery},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::Fault;

use super::{Problem, private::CALLER};
use crate::{
    peers::Wire,
    trace::{self, TRACEPARENT},
};

/// Where a service is, and the way there.
#[derive(Clone)]
pub(crate) struct Elsewhere {
    pub wire: Wire,
    pub url: Arc<str>,
}

/// Headers that are for one hop only (RFC 9110, section 7.6.1).
const ONE_HOP: [HeaderName; 5] =
    [header::CONNECTION, header::TRANSFER_ENCODING, header::UPGRADE, header::TE, HeaderName::from_static("keep-alive")];

/// Stands where the handlers of such a service would: matches as they do, and runs none of them.
pub(super) async fn forward(State(elsewhere): State<Elsewhere>, request: Request, _: Next) -> Response {
    match pass_on(&elsewhere, request).await {
        Ok(response) => response,
        Err(fault) => Problem(fault).into_response(),
    }
}

async fn pass_on(elsewhere: &Elsewhere, mut request: Request) -> Result<Response, Fault> {
    // Nested routes see their address without what they are nested under.
    let original = request.extensions().get::<OriginalUri>().map_or_else(|| request.uri().clone(), |original| original.0.clone());
    let path = original.path_and_query().map_or("/", PathAndQuery::as_str);
    *request.uri_mut() = format!("{}{path}", elsewhere.url).parse::<Uri>().map_err(Fault::internal)?;
    let caller = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|caller| caller.0.to_string());
    let headers = request.headers_mut();
    // Where it began was looked at here: the other node has another address.
    for name in ONE_HOP.iter().chain([&header::HOST, &header::ORIGIN, &CALLER]) {
        headers.remove(name);
    }
    for (name, value) in [(CALLER, caller), (HeaderName::from_static(TRACEPARENT), trace::current())] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            headers.insert(name, value);
        }
    }
    let mut response = elsewhere.wire.send(request).await?;
    for name in &ONE_HOP {
        response.headers_mut().remove(name);
    }
    Ok(response)
}
