//! HTTP: the layers every request passes, and the extractors and answers the doors use.

mod body;
mod caller;
pub mod cookies;
mod docs;
mod face;
pub(crate) mod forward;
pub(crate) mod front;
mod layers;
pub(crate) mod listen;
pub(crate) mod once;
mod origin;
mod parts;
pub(crate) mod private;
mod problem;
mod ready;
pub mod session;
mod strict;

use std::{collections::HashSet, sync::Arc};

use axum::{
    Json, Router,
    extract::FromRequestParts,
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use kernel::{Actor, Fault};
use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;
use tower_http::{CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer};
use utoipa_axum::router::OpenApiRouter;

pub use body::{Body, NoBody, RawBody, checked, text};
pub use face::{Face, Pages};
pub use once::{IdempotencyKey, MoneyOnce, Once};
pub use parts::{Broken, FormParts, Part, PartLimits, Unfit};
pub use problem::{Problem, ProblemBody, status};
pub(crate) use ready::Ready;

use self::{face::Mirror, forward::Elsewhere};
use crate::{config::Config, here::Here, token::Verifier};

/// What the layers need. Each request copies each layer several times over: one pointer is all that may cost.
pub(crate) struct Gate {
    pub config: Arc<Config>,
    pub verifier: Verifier,
    /// Owns the writes: they go on when their caller hangs up, and shutdown waits for them.
    pub tracker: TaskTracker,
    pub in_flight: Arc<Semaphore>,
    /// Of those, the ones that bring files.
    pub uploads: Arc<Semaphore>,
    pub ready: Ready,
    pub metrics: Option<metrics_exporter_prometheus::PrometheusHandle>,
}

/// The same, and which routes bring files, as method and path.
#[derive(Clone)]
struct Gates {
    gate: Arc<Gate>,
    uploads: Arc<HashSet<(Method, String)>>,
}

/// The whole public surface of a node: what it mounts, and what it passes on.
pub(crate) fn router(gate: Arc<Gate>, services: Vec<Mounted>) -> Router {
    let (mut api, mut web, mut face) = (OpenApiRouter::<()>::new(), Router::new(), None);
    let mut uploads = HashSet::new();
    for Mounted { here, api: its_api, web: its_web, elsewhere } in services {
        face = face.or(its_web.face);
        uploads.extend(its_web.uploads.iter().map(|route| (Method::POST, (*route).to_owned())));
        let (its_api, its_web) = (its_api.with_state(here.clone()), its_web.routes.with_state(here));
        let (its_api, its_web) = match elsewhere {
            None => (its_api, its_web),
            Some(elsewhere) => passed_on(elsewhere, its_api, its_web),
        };
        api = api.merge(its_api);
        web = web.merge(its_web);
    }
    let (api, document) = OpenApiRouter::new().nest("/api/v1", api).split_for_parts();
    let (public, trusted) = (Arc::new(docs::public_writes(&document)), gate.config.trusted_proxies.clone());
    uploads.extend(docs::uploads(&document));
    let gates = Gates { gate: gate.clone(), uploads: uploads.into() };
    let config = gate.config.clone();
    let around = face.map(|face| (face.routes)(config.clone())).unwrap_or_default();
    let router = Router::new()
        .merge(api.layer(from_fn_with_state(public, layers::writes_are_signed)))
        .merge(web)
        .merge(around)
        .merge(docs::routes(document))
        .merge(front::routes(&gate))
        .fallback(|| async { Problem(Fault::not_found()) })
        .method_not_allowed_fallback(layers::method_not_allowed)
        .layer(from_fn_with_state(gate.clone(), layers::own_writes))
        .layer(from_fn_with_state(gate.clone(), layers::identify))
        .layer(from_fn_with_state(gate.clone(), origin::must_be_own))
        .layer(from_fn_with_state(gates, layers::limit))
        .layer(CatchPanicLayer::custom(layers::panicked));
    let router = match face {
        Some(face) => router.layer(from_fn_with_state(Mirror { face, config }, face::show)),
        None => router,
    };
    router
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn(layers::observe))
        .layer(from_fn_with_state(trusted, caller::behind_proxies))
}

/// What a node shows that serves nobody: whether it is well.
pub(crate) fn closed(gate: Arc<Gate>) -> Router {
    Router::new().merge(front::routes(&gate)).fallback(|| async { Problem(Fault::not_found()) }).layer(from_fn(layers::observe))
}

/// Routes of a service that is elsewhere: a service without pages has no router to stand before.
fn passed_on(elsewhere: Elsewhere, api: OpenApiRouter, web: Router) -> (OpenApiRouter, Router) {
    let layer = || from_fn_with_state(elsewhere.clone(), forward::forward);
    (api.route_layer(layer()), if web.has_routes() { web.route_layer(layer()) } else { web })
}

/// The API document of these routes.
pub(crate) fn document(apis: impl Iterator<Item = OpenApiRouter<Here>>) -> utoipa::openapi::OpenApi {
    let api = apis.fold(OpenApiRouter::new(), OpenApiRouter::merge);
    let (_, document) = OpenApiRouter::new().nest("/api/v1", api).split_for_parts();
    docs::complete(document)
}

/// A service's routes with the place they run in, or the node they are passed on to.
pub(crate) struct Mounted {
    pub here: Here,
    pub api: OpenApiRouter<Here>,
    pub web: Pages,
    pub elsewhere: Option<Elsewhere>,
}

/// Who is asking: the access token's user, or anonymous.
#[derive(Debug, Clone)]
pub struct Caller(pub Actor);

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(parts.extensions.get::<Actor>().cloned().unwrap_or(Actor::Anonymous)))
    }
}

/// A path parameter; one that can't be read names nothing, so it is 404.
#[derive(Debug, Clone, Copy)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = <axum::extract::Path<T> as FromRequestParts<S>>::from_request_parts(parts, state).await;
        path.map(|path| Self(path.0)).map_err(|refused| Problem(Fault::not_found().because(refused)))
    }
}

/// The query string; one that can't be read is 400 `invalid_query`.
#[derive(Debug, Clone, Copy)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|query| Self(query.0))
            .map_err(|refused| Problem(Fault::new(kernel::Kind::Malformed, "invalid_query", refused.body_text())))
    }
}

/// 201 with the new resource.
#[derive(Debug)]
pub struct Created<T>(pub T);

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Json(self.0)).into_response()
    }
}

/// 202: the work goes on.
#[derive(Debug)]
pub struct Accepted<T>(pub T);

impl<T: Serialize> IntoResponse for Accepted<T> {
    fn into_response(self) -> Response {
        (StatusCode::ACCEPTED, Json(self.0)).into_response()
    }
}

/// 200 with bytes for whoever asked and nobody else: never kept on the way, and never run, whatever they are.
#[derive(Debug)]
pub struct Confidential {
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

impl IntoResponse for Confidential {
    fn into_response(self) -> Response {
        let fixed = HeaderValue::from_static;
        // What isn't a picture is saved rather than shown: viewers of documents run what is in them.
        let shown = if self.media_type.starts_with("image/") { "inline" } else { "attachment" };
        let headers = [
            (header::CONTENT_TYPE, fixed(self.media_type)),
            (header::CONTENT_DISPOSITION, fixed(shown)),
            (header::CACHE_CONTROL, fixed("private, no-store")),
            (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
            // Browsers show a picture within a page of their own, which has a style.
            (header::CONTENT_SECURITY_POLICY, fixed("default-src 'none'; style-src 'unsafe-inline'; sandbox")),
            (header::REFERRER_POLICY, fixed("no-referrer")),
        ];
        (headers, self.bytes).into_response()
    }
}

/// What a JSON handler answers.
pub type Answer<T> = Result<T, Problem>;
