//! The private listener: asks of other nodes, requests they forward, and metrics.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{ConnectInfo, DefaultBodyLimit, Path, Request, State},
    http::{HeaderMap, HeaderName, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::post,
};
use kernel::{Fault, unread};
use tokio_util::task::TaskTracker;

use super::Problem;
use crate::{
    peers::{Answered, Asked, Directory, LARGEST, badge::Badges},
    trace::{TRACEPARENT, Trace},
};

/// Who asked the node that forwards, in the address it saw.
pub(super) const CALLER: HeaderName = HeaderName::from_static("x-nexgate-caller");

/// What the private listener needs besides the public routes.
#[derive(Clone)]
pub(crate) struct Private {
    pub directory: Directory,
    pub badges: Badges,
    /// Owns the commands: they go on when their caller hangs up.
    pub tracker: TaskTracker,
    /// What is shown here only.
    pub inside: Router,
}

/// Asks beside everything the public listener serves, for other nodes only.
pub(crate) fn router(private: Private, public: Router) -> Router {
    let asks =
        Router::new().route("/_ask/{name}", post(answer)).layer(DefaultBodyLimit::max(LARGEST)).with_state(private.clone());
    asks.merge(private.inside).merge(public.layer(from_fn(believe)))
}

/// Answers 200 with the answer or the fault; 401, 404 and 422 are for those who don't speak as we do.
async fn answer(
    State(private): State<Private>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Answered>, Problem> {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let badge = text(&header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    let caller = private.badges.read(badge.ok_or_else(Fault::unauthenticated)?)?;
    let (here, answerer) = private.directory.find(&name).ok_or_else(Fault::not_found)?;
    let asked: Asked = serde_json::from_slice(&body).map_err(|error| Fault::field("", "wrong_type", unread(&error)))?;
    let trace = Trace::follow(headers.get(TRACEPARENT).and_then(|value| value.to_str().ok()));
    let span = tracing::info_span!("ask", trace = %trace.id(), caller, name);
    let patience = Duration::from_millis(asked.deadline_ms.min(60_000));
    let work = private.tracker.spawn(trace.scope(span, async move {
        let answered = tokio::time::timeout(patience, (answerer.json)(here, asked.body)).await;
        tracing::debug!("answered");
        answered.unwrap_or_else(|_| Err(Fault::unavailable(1, "the ask took too long")))
    }));
    let answered = work.await.unwrap_or_else(|died| Err(Fault::internal(died)));
    Ok(Json(answered.map_or_else(Answered::Fault, Answered::Ok)))
}

/// Another node says who asked it; here it is believed, because nobody else reaches this listener.
async fn believe(mut request: Request, next: Next) -> Response {
    let caller = request.headers_mut().remove(CALLER);
    if let Some(caller) = caller.and_then(|value| value.to_str().ok()?.parse::<SocketAddr>().ok()) {
        request.extensions_mut().insert(ConnectInfo(caller));
    }
    next.run(request).await.into_response()
}
