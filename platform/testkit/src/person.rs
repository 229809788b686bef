//! Somebody who uses the API: an id, a token, and the calls they make.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header, request::Builder},
    response::Response,
};
use kernel::{Id, User};
use serde_json::Value;
use tower::ServiceExt;

use crate::{Part, Stage, documented, multipart};

/// A caller of the API under test.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: Id<User>,
    /// `None` calls anonymously.
    pub token: Option<String>,
    router: Router,
}

/// What the API answered.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
    /// `Null` where the answer isn't JSON.
    pub json: Value,
}

impl Person {
    /// Somebody who calls what `router` leads to.
    pub fn new(id: Id<User>, token: Option<String>, router: Router) -> Self {
        Self { id, token, router }
    }

    /// The same person, calling another stage's node.
    #[must_use]
    pub fn at(&self, stage: &Stage) -> Self {
        Self { router: stage.node.router(), ..self.clone() }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, None, None).await
    }

    /// Posts under a fresh idempotency key.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        let key = uuid::Builder::from_random_bytes(fresh()).into_uuid().to_string();
        self.call(Method::POST, path, Some(&key), Some(body.to_string())).await
    }

    /// Posts under this idempotency key.
    pub async fn post_once(&self, key: &str, path: &str, body: Value) -> Reply {
        self.call(Method::POST, path, Some(key), Some(body.to_string())).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.call(Method::PATCH, path, None, Some(body.to_string())).await
    }

    pub async fn put(&self, path: &str) -> Reply {
        self.call(Method::PUT, path, None, None).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.call(Method::DELETE, path, None, None).await
    }

    /// Opens a page as a browser does, in English.
    pub async fn page(&self, path: &str) -> Reply {
        self.send(self.browsing(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form as a browser does.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let form = serde_urlencoded::to_string(fields).unwrap();
        let request = self.browsing(Method::POST, path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form)).unwrap()).await
    }

    /// Sends a form with files, wanting such an answer.
    pub async fn hand_in(&self, path: &str, accept: &str, parts: &[Part<'_>]) -> Reply {
        let (kind, body) = multipart(parts);
        let request = Request::builder().method(Method::POST).uri(path).header(header::ACCEPT, accept);
        let request = match &self.token {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        };
        self.send(request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()).await
    }

    fn browsing(&self, method: Method, path: &str) -> Builder {
        let request = Request::builder().method(method).uri(path).header(header::ACCEPT, "text/html");
        match &self.token {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }

    /// Any call; `body` is sent as it is, as JSON.
    pub async fn call(&self, method: Method, path: &str, key: Option<&str>, body: Option<String>) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        self.send(request.body(Body::from(body.unwrap_or_default())).unwrap()).await
    }

    /// Sends a request made by hand. A refusal that the route's description doesn't speak of stops the test.
    pub async fn send(&self, request: Request<Body>) -> Reply {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let reply = Reply::of(self.router.clone().oneshot(request).await.unwrap()).await;
        documented::must_be(&method, &path, &reply);
        reply
    }
}

impl Reply {
    /// Reads an answer to its end.
    pub(crate) async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Self { status: parts.status, headers: parts.headers, json, text, bytes: bytes.into() }
    }

    /// The JSON of a success; stops the test on anything else.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text);
        self.json
    }

    /// Where the answer leads (303); stops the test on anything else.
    #[track_caller]
    pub fn leads_to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// The text of a page; stops the test where there is none.
    #[track_caller]
    pub fn html(self) -> String {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text);
        assert_eq!(self.headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
        self.text
    }

    /// Checks that the answer is this refusal.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) {
        let found = (self.status.as_u16(), self.json.get("code").and_then(Value::as_str).unwrap_or_default());
        assert_eq!(found, (status, code), "{}", self.text);
        assert_eq!(self.headers.get(header::CONTENT_TYPE).unwrap(), "application/problem+json");
    }
}

#[expect(clippy::disallowed_methods, reason = "a test's idempotency key only has to be new")]
fn fresh() -> [u8; 16] {
    rand::random()
}
