//! The layers: request id and trace, panic and overload, who is asking, and writes that outlive their caller.

use std::{any::Any, collections::HashSet, sync::Arc, time::Duration};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{Actor, Fault, Kind};
use tokio::{sync::OwnedSemaphorePermit, time::Instant};
use tracing::Instrument;

use super::{
    Gate, Gates, Problem, body, problem,
    session::{self, ByCookie, Known},
};
use crate::trace::{self, TRACEPARENT, Trace};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request an id (the caller's, where it is a sensible one), a span, a log line and its metrics.
pub(super) async fn observe(request: Request, next: Next) -> Response {
    let id = request_id(&request);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", |path| path.as_str()).to_owned();
    let trace = Trace::follow(request.headers().get(TRACEPARENT).and_then(|value| value.to_str().ok()));
    let span = tracing::info_span!("request", trace = %trace.id(), id = id.to_str().unwrap_or_default(), %method, route);
    let started = Instant::now();
    let answered = async {
        let mut response = next.run(request).await;
        let (took, status) = (started.elapsed(), response.status().as_u16());
        metrics::histogram!("nexgate_http_seconds", "method" => label(&method), "route" => route, "status" => status.to_string())
            .record(took.as_secs_f64());
        tracing::info!(status, micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX), "answered");
        response.headers_mut().insert(REQUEST_ID, id);
        response
    };
    trace.scope(span, answered).await
}

/// Any word is a method; each that stood here would be a series of its own.
fn label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

fn request_id(request: &Request) -> HeaderValue {
    let sensible = |value: &&HeaderValue| {
        let bytes = value.as_bytes();
        (8..=64).contains(&bytes.len()) && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    let given = request.headers().get(REQUEST_ID).filter(sensible).cloned();
    given.unwrap_or_else(|| {
        let id = uuid::Builder::from_random_bytes(fresh()).into_uuid().to_string();
        HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("unknown"))
    })
}

/// Request ids are for the log only; they need no node-wide source.
#[expect(clippy::disallowed_methods, reason = "a request id is never a secret nor a key")]
fn fresh() -> [u8; 16] {
    rand::random()
}

/// Sheds what is too much at once, and answers 503 to what takes too long; a write goes on by itself.
pub(super) async fn limit(State(Gates { gate, uploads }): State<Gates>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path == "/healthz" || path == "/readyz" || path == "/metrics" {
        return next.run(request).await;
    }
    let is_upload = uploads.contains(&(request.method().clone(), matched(&request)));
    let places = if is_upload { [Some(&gate.in_flight), Some(&gate.uploads)] } else { [Some(&gate.in_flight), None] };
    let taken: Result<Vec<_>, _> = places.into_iter().flatten().map(|places| places.clone().try_acquire_owned()).collect();
    let Ok(taken) = taken else {
        metrics::counter!("nexgate_http_shed_total").increment(1);
        return problem::respond(StatusCode::SERVICE_UNAVAILABLE, &Fault::unavailable(1, "too many requests at once"));
    };
    request.extensions_mut().insert(Place(taken.into()));
    let limits = &gate.config.limits;
    let patience = Duration::from_secs(if is_upload { limits.upload_seconds } else { limits.request_seconds });
    let request = request.map(|body| body::in_time(body, patience));
    match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem(Fault::unavailable(5, "the request took too long")).into_response(),
    }
}

/// A request's place among those in flight; a write takes it along into its own task.
#[derive(Clone)]
struct Place(
    #[expect(dead_code, reason = "held, not read: it is given back when the last holder is done")] Arc<[OwnedSemaphorePermit]>,
);

/// The route a request matched, as the API document names it.
fn matched(request: &Request) -> String {
    request.extensions().get::<MatchedPath>().map_or_else(String::new, |path| path.as_str().to_owned())
}

/// Turns the bearer token, or on pages the cookies, into an actor; a token that is no good is refused even where none is needed.
pub(super) async fn identify(State(gate): State<Arc<Gate>>, mut request: Request, next: Next) -> Response {
    let bearer = request.headers().get(header::AUTHORIZATION).map(|value| bearer(value).map(str::to_owned));
    let known = match bearer {
        None if session::is_page(request.uri().path()) => {
            request.extensions_mut().insert(ByCookie);
            session::by_cookie(&gate, request.headers_mut()).await
        }
        None => Ok(Known::plainly(Actor::Anonymous)),
        Some(None) => Err(Fault::new(Kind::Unauthenticated, "invalid_token", "Send `Authorization: Bearer <access token>`.")),
        Some(Some(token)) => gate.verifier.actor(&token).await.map(Known::plainly),
    };
    let Known { actor, cookies } = match known {
        Ok(known) => known,
        Err(fault) => return Problem(fault).into_response(),
    };
    request.extensions_mut().insert(actor.clone());
    let mut response = next.run(request).await;
    // A refusal that becomes a page outside of here knows its reader, too.
    response.extensions_mut().insert(actor);
    // What the page itself sets comes later and wins: a login, or the end of one.
    if !cookies.is_empty() && !session::is_set(&gate.config, response.headers()) {
        // Whatever it is, with these on it it is for nobody else.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        response.headers_mut().extend(cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie)));
    }
    response
}

/// Writes are for people who are signed in, unless their description says otherwise; nothing of them is read before.
pub(super) async fn writes_are_signed(
    State(public): State<Arc<HashSet<(Method, String)>>>,
    path: MatchedPath,
    request: Request,
    next: Next,
) -> Response {
    let is_anonymous = request.extensions().get::<Actor>().is_none_or(|actor| *actor == Actor::Anonymous);
    let is_write = !request.method().is_safe();
    if is_anonymous && is_write && !public.contains(&(request.method().clone(), path.as_str().to_owned())) {
        return Problem(Fault::unauthenticated()).into_response();
    }
    next.run(request).await
}

fn bearer(value: &HeaderValue) -> Option<&str> {
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Runs a write in a task of the node's, so that a client that hangs up cancels nothing.
pub(super) async fn own_writes(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let place = request.extensions().get::<Place>().cloned();
    let write = async move {
        let response = next.run(request).await;
        drop(place);
        response
    };
    let work = gate.tracker.spawn(trace::carried(trace::step(), write).in_current_span());
    work.await.unwrap_or_else(|died| Problem(Fault::internal(died)).into_response())
}

/// A handler that panicked.
pub(super) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    Problem(Fault::internal("a handler panicked")).into_response()
}

/// A path that exists, asked with a method it doesn't take.
pub(super) async fn method_not_allowed() -> Response {
    let fault = Fault::new(Kind::Malformed, "method_not_allowed", "This route doesn't take that method.");
    problem::respond(StatusCode::METHOD_NOT_ALLOWED, &fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_nobody_knows_makes_no_series_of_its_own() {
        assert_eq!([Method::GET, Method::DELETE].map(|method| label(&method)), ["GET", "DELETE"]);
        for odd in ["AAAA1", "get", "TRACE", "CONNECT"] {
            assert_eq!(label(&odd.parse().unwrap()), "other");
        }
    }
}
