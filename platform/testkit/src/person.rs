//! Somebody who uses the API: an id, a token, and the calls they make.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use kernel::{Id, User};
use serde_json::Value;
use tower::ServiceExt;

use crate::{Stage, documented};

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
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        let reply = Reply { status: parts.status, headers: parts.headers, json, text };
        documented::must_be(&method, &path, &reply);
        reply
    }
}

impl Reply {
    /// The JSON of a success; stops the test on anything else.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text);
        self.json
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
