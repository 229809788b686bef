//! How a node looks to people: what stands around the pages of its services.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{header, request::Parts},
    middleware::Next,
    response::Response,
};
use kernel::{Actor, Fault};

use crate::{config::Config, here::Here};

/// The pages of a service, and what they look like.
#[derive(Debug)]
pub struct Pages {
    pub(crate) routes: Router<Here>,
    pub(crate) face: Option<Face>,
    /// Forms that bring files: they have an upload's limits.
    pub(crate) uploads: Vec<&'static str>,
}

impl Pages {
    /// Pages that look like this.
    pub fn new(routes: Router<Here>, face: Face) -> Self {
        Self { routes, face: Some(face), uploads: Vec::new() }
    }

    /// Says that a form sent to this route brings files.
    #[must_use]
    pub fn uploads_at(mut self, route: &'static str) -> Self {
        self.uploads.push(route);
        self
    }

    #[must_use]
    pub(crate) fn and(self, more: Self) -> Self {
        let routes = self.routes.merge(more.routes);
        Self { routes, face: self.face.or(more.face), uploads: [self.uploads, more.uploads].concat() }
    }
}

/// What isn't read by people needs no looks.
impl From<Router<Here>> for Pages {
    fn from(routes: Router<Here>) -> Self {
        Self { routes, face: None, uploads: Vec::new() }
    }
}

/// What every page of a node shares; all its services have the same.
#[derive(Debug, Clone, Copy)]
pub struct Face {
    /// Pages and files that are no service's.
    pub routes: fn(Arc<Config>) -> Router,
    /// Turns a refusal into what its reader understands; without a page to show, the answer stays as it is.
    pub refuse: fn(&Arc<Config>, &Parts, &Fault, Response) -> Response,
    /// The last word on every answer outside the API.
    pub finish: fn(&Arc<Config>, &Parts, Response) -> Response,
}

#[derive(Clone)]
pub(super) struct Mirror {
    pub face: Face,
    pub config: Arc<Config>,
}

/// Shows every answer as the face has it.
pub(super) async fn show(State(mirror): State<Mirror>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let mut asked = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(actor) = response.extensions_mut().remove::<Actor>() {
        asked.extensions.insert(actor);
    }
    if let Some(fault) = response.extensions_mut().remove::<Fault>() {
        let cookies: Vec<_> = response.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
        response = (mirror.face.refuse)(&mirror.config, &asked, &fault, response);
        // A session that was renewed, or is over, is so whatever became of the request.
        if !response.headers().contains_key(header::SET_COOKIE) {
            response.headers_mut().extend(cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie)));
        }
    }
    (mirror.face.finish)(&mirror.config, &asked, response)
}
