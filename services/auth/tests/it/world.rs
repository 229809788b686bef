//! A running auth service beside a profile, and the people who use it.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, header},
};
use contracts::{
    auth::{CodeIssued, GrantRole},
    profile::{OpenProfile, Opened},
};
use data_encoding::BASE64URL_NOPAD;
use host::Keys;
use kernel::{Id, Role, Session};
use serde_json::{Value, json};
use testkit::{Person, Reply, Setting, Stage};

pub const PASSWORD: &str = "maembe saba ya bluu";

pub const AMINA: &str = "amina@example.com";

/// Auth with its own keys, beside a profile that opens whatever it is asked to.
pub fn setting() -> Setting {
    Stage::all(vec![auth::service()])
        .answering(|ask: OpenProfile| Ok(Opened { username: ask.username.unwrap_or(ask.display_name) }))
}

pub async fn stage() -> Stage {
    setting().start().await
}

/// Somebody who is logged in.
pub struct Member {
    pub person: Person,
    pub session: Id<Session>,
    pub tokens: Value,
}

impl Member {
    pub fn of(stage: &Stage, tokens: Value) -> Self {
        let person = stage.bearer(text(&tokens["user_id"]).parse().unwrap(), text(&tokens["access_token"]));
        Self { person, session: text(&tokens["session_id"]).parse().unwrap(), tokens }
    }

    pub fn refresh_token(&self) -> &str {
        text(&self.tokens["refresh_token"])
    }

    pub fn device(&self) -> &str {
        text(&self.tokens["device"])
    }
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}

pub async fn post(stage: &Stage, path: &str, body: Value) -> Reply {
    stage.anonymous().post(&format!("/api/v1/auth/{path}"), body).await
}

/// The same, as it comes from an address such as `196.41.0.7:1`.
pub async fn post_from(stage: &Stage, address: &str, path: &str, body: Value) -> Reply {
    let address: SocketAddr = address.parse().unwrap();
    let request = Request::post(format!("/api/v1/auth/{path}")).header(header::CONTENT_TYPE, "application/json");
    stage.anonymous().send(request.extension(ConnectInfo(address)).body(Body::from(body.to_string())).unwrap()).await
}

pub fn wish(contact: &str) -> Value {
    let field = if contact.contains('@') { "email" } else { "phone" };
    json!({field: contact, "password": PASSWORD, "display_name": "Amina", "birth_date": "1994-05-17"})
}

/// The newest code sent to somebody.
pub async fn code_for(stage: &Stage, to: &str) -> String {
    let told = stage.told::<CodeIssued>().await;
    told.into_iter().rev().find(|issued| issued.to == to).expect("a code was sent").code
}

/// Begins a flow with a path and a body; its id.
pub async fn begin(stage: &Stage, path: &str, body: Value) -> String {
    let reply = post(stage, path, body).await;
    assert_eq!(reply.status, 202, "{}", reply.text);
    text(&reply.json["flow_id"]).to_owned()
}

pub async fn verify(stage: &Stage, flow: &str, code: &str) -> Reply {
    post(stage, "verify", json!({"flow_id": flow, "code": code})).await
}

/// Any code but this one.
pub fn wrong(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

pub async fn sign_up_as(stage: &Stage, contact: &str, body: Value) -> Member {
    let flow = begin(stage, "register", body).await;
    let code = code_for(stage, contact).await;
    Member::of(stage, verify(stage, &flow, &code).await.ok())
}

pub async fn sign_up(stage: &Stage, contact: &str) -> Member {
    sign_up_as(stage, contact, wish(contact)).await
}

pub async fn log_in(stage: &Stage, contact: &str, password: &str, device: Option<&str>) -> Reply {
    post(stage, "login", json!({"identifier": contact, "password": password, "device": device})).await
}

pub async fn admin(stage: &Stage) -> Member {
    admin_named(stage, "admin@example.com").await
}

pub async fn admin_named(stage: &Stage, contact: &str) -> Member {
    let member = sign_up(stage, contact).await;
    stage.node.ask(GrantRole { who: member.person.id.to_string(), role: Role::Admin }).await.unwrap();
    Member::of(stage, log_in(stage, contact, PASSWORD, None).await.ok())
}

pub async fn refresh(stage: &Stage, token: &str) -> Reply {
    post(stage, "token/refresh", json!({"refresh_token": token})).await
}

pub async fn count(stage: &Stage, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&stage.database.owner).await.unwrap()
}

/// Whether any row of the service's tables shows this text.
pub async fn is_kept(stage: &Stage, needle: &str) -> bool {
    for table in ["account", "flow", "code_issue", "too_young", "throttle", "device", "session", "refresh_token", "signing_key"] {
        let query = format!("select count(*) from auth.{table} row where row::text ilike '%' || $1 || '%'");
        let found: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(query)).bind(needle).fetch_one(&stage.database.owner).await.unwrap();
        if found > 0 {
            return true;
        }
    }
    false
}

pub fn kid(token: &str) -> String {
    let header = BASE64URL_NOPAD.decode(token.split('.').next().unwrap().as_bytes()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    assert_eq!(header["alg"], "EdDSA");
    text(&header["kid"]).to_owned()
}

pub async fn published(stage: &Stage) -> Vec<String> {
    let keys = stage.anonymous().get("/.well-known/jwks.json").await.ok();
    keys["keys"].as_array().unwrap().iter().map(|key| text(&key["kid"]).to_owned()).collect()
}

/// Logs in, and checks that the token passes; the id of the key it was signed with.
pub async fn sign(stage: &Stage) -> String {
    let tokens = log_in(stage, AMINA, PASSWORD, None).await.ok();
    let token = text(&tokens["access_token"]);
    stage.bearer(stage.id(), token).get("/api/v1/auth/sessions").await.ok();
    kid(token)
}

/// The one of every stage that names none.
pub const OLD: [u8; 32] = [7; 32];

pub const NEW: [u8; 32] = [8; 32];

/// Another node on the same database, which knows these keys.
pub fn beside(stage: &Stage, keys: Keys) -> Stage {
    setting().with(|config| config.keys = keys).beside(stage)
}

/// A node that was told of the new key and doesn't use it yet.
pub fn not_yet(stage: &Stage) -> Stage {
    beside(stage, Keys::from_master(OLD).accepting([NEW]))
}

/// A node that uses the new key.
pub fn already(stage: &Stage) -> Stage {
    beside(stage, Keys::from_master(NEW).accepting([OLD]))
}

/// A node that was told to forget the old one.
pub fn after(stage: &Stage) -> Stage {
    beside(stage, Keys::from_master(NEW))
}
