//! People who call the API, before anything is measured: convenient rather than cheap.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tokio::sync::Mutex;

/// Wallets last for half a million purchases.
const TOP_UP: u64 = 500_000_000;
const PATIENCE: Duration = Duration::from_mins(1);
/// Between the parts of a form.
const BOUNDARY: &str = "nexgate-bench-part";
/// Access tokens live for ten minutes.
const RENEW_AFTER: Duration = Duration::from_mins(4);

/// Somebody with an account.
#[derive(Clone)]
pub struct Person {
    client: Client,
    base: Arc<str>,
    /// Where they call from, as the proxy before a node would say: everybody from somewhere else, as in life.
    pub address: String,
    pub id: String,
    pub email: String,
    pub token: String,
    /// Proves the device they signed up on.
    pub device: String,
    session: Arc<Mutex<Session>>,
}

/// What every copy of a person shares: a refresh token that comes back when another has taken its place ends the session.
#[derive(Default)]
struct Session {
    token: String,
    refresh: String,
    renewed_at: Option<Instant>,
}

/// An account to open.
#[derive(Clone, Copy)]
pub struct SignUp<'a> {
    pub username: &'a str,
    pub display_name: &'a str,
    pub password: Option<&'a str>,
}

impl Person {
    /// Opens an account at the node with the address `base`.
    pub async fn sign_up(client: &Client, base: &str, wish: SignUp<'_>) -> Result<Self> {
        let mut person = Self {
            client: client.clone(),
            base: base.into(),
            address: fresh_address(),
            id: String::new(),
            email: format!("{}@example.com", wish.username),
            token: String::new(),
            device: String::new(),
            session: Arc::default(),
        };
        let body = json!({"email": person.email, "display_name": wish.display_name, "birth_date": "1994-05-17",
            "username": wish.username, "password": wish.password});
        let flow = person.post("/api/v1/auth/register", body).await?;
        let outbox = format!("/dev/outbox?to={}", person.email);
        let outbox = person.until(&outbox, |json| json["items"][0]["data"]["code"].is_string()).await?;
        let body = json!({"flow_id": flow["flow_id"], "code": outbox["items"][0]["data"]["code"]});
        let tokens = person.post("/api/v1/auth/verify", body).await?;
        text(&tokens["user_id"])?.clone_into(&mut person.id);
        text(&tokens["device"])?.clone_into(&mut person.device);
        let session = Session::of(&tokens)?;
        session.token.clone_into(&mut person.token);
        *person.session.lock().await = session;
        Ok(person)
    }

    /// Fetches a fresh access token before the one at hand runs out.
    pub async fn renew(&mut self) -> Result<()> {
        let session = self.session.clone();
        let mut session = session.lock().await;
        if session.renewed_at.is_none_or(|at| at.elapsed() > RENEW_AFTER) {
            let refresh = json!({"refresh_token": session.refresh});
            *session = Session::of(&self.post("/api/v1/auth/token/refresh", refresh).await?)?;
        }
        session.token.clone_into(&mut self.token);
        Ok(())
    }

    pub async fn follow(&self, id: &str) -> Result<()> {
        self.call(Method::PUT, &format!("/api/v1/users/{id}/follow"), None).await.map(drop)
    }

    pub async fn top_up(&self) -> Result<()> {
        let body = json!({"amount": {"minor": TOP_UP, "currency": "TZS"}, "method": "sandbox"});
        let top_up = self.post("/api/v1/wallet/top-ups", body).await?;
        let path = format!("/api/v1/wallet/top-ups/{}", text(&top_up["id"])?);
        self.until(&path, |json| json["status"] == "settled").await.map(drop)
    }

    /// Uploads a picture and waits until its variants are there; its id.
    pub async fn upload(&self, png: &[u8]) -> Result<String> {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"picture.png\"\r\n\r\n");
        let body = [head.as_bytes(), png, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat();
        let request = self.request(Method::POST, "/api/v1/media").header("idempotency-key", fresh_key());
        let request = request.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}")).body(body);
        let sent = answered("/api/v1/media", request).await?;
        let id = text(&sent["items"][0]["id"])?;
        self.until(&format!("/api/v1/media/{id}"), |media| media["status"] == "ready").await?;
        Ok(id.to_owned())
    }

    pub async fn get(&self, path: &str) -> Result<Value> {
        self.call(Method::GET, path, None).await
    }

    /// Posts under a fresh idempotency key.
    pub async fn post(&self, path: &str, body: Value) -> Result<Value> {
        self.call(Method::POST, path, Some(body)).await
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.header("idempotency-key", fresh_key()).json(&body);
        }
        answered(path, request).await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.base));
        let request = request.header("accept", "application/json").header("x-forwarded-for", &self.address);
        if self.token.is_empty() { request } else { request.bearer_auth(&self.token) }
    }

    /// Looks until what was asked for has happened.
    pub async fn until(&self, path: &str, found: impl Fn(&Value) -> bool) -> Result<Value> {
        let begun = Instant::now();
        loop {
            let json = self.get(path).await?;
            if found(&json) {
                return Ok(json);
            }
            if begun.elapsed() > PATIENCE {
                bail!("{path} never showed it");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn answered(path: &str, request: RequestBuilder) -> Result<Value> {
    let answer = request.send().await?;
    let status = answer.status();
    if !status.is_success() {
        bail!("{path}: {status} {}", answer.text().await?);
    }
    if status == StatusCode::NO_CONTENT { Ok(Value::Null) } else { Ok(answer.json().await?) }
}

impl Session {
    fn of(tokens: &Value) -> Result<Self> {
        let [token, refresh] = ["access_token", "refresh_token"].map(|name| text(&tokens[name]).map(str::to_owned));
        Ok(Self { token: token?, refresh: refresh?, renewed_at: Some(Instant::now()) })
    }
}

/// A key nobody has used in this run.
pub fn fresh_key() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("bench-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// An address nobody has called from, of a network that stands in no route (RFC 6598).
fn fresh_address() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let [_, _, third, fourth] = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    format!("100.64.{third}.{fourth}")
}

pub fn text(value: &Value) -> Result<&str> {
    value.as_str().with_context(|| format!("not a text: {value}"))
}
