//! Who is signed out is refused by every process of the house, also by those that never hear of it.

use kernel::{Id, Session};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::{place::Place, split::Split};

/// One process by its own address.
struct Part<'a> {
    split: &'a Split,
    part: usize,
}

impl Place for Part<'_> {
    fn base(&self) -> String {
        self.split.base_of(self.part)
    }
    fn client(&self) -> &Client {
        self.split.client()
    }
}

/// What each process answers by itself, passing nothing on.
const MINE: [&str; 3] = ["/api/v1/auth/sessions", "/api/v1/orders", "/api/v1/notifications"];

async fn until_refused_everywhere(split: &Split, token: &str) {
    for (part, path) in MINE.into_iter().enumerate() {
        let part = Part { split, part };
        part.until(path, Some(token), |json| (json["code"] == "token_revoked").then_some(())).await;
    }
}

/// The session of a token every process takes.
async fn session(split: &Split, token: &str) -> Id<Session> {
    for (part, path) in MINE.into_iter().enumerate() {
        let (status, json) = Part { split, part }.call(Method::GET, path, Some(token), None, Value::Null).await.unwrap();
        assert_eq!(status, 200, "{path}: {json}");
    }
    let sessions = split.call(Method::GET, MINE[0], Some(token), None, Value::Null).await.unwrap().1;
    sessions["items"][0]["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a5_who_is_signed_out_is_refused_by_every_process_by_signal_or_by_asking() {
    let split = Split::open().await;
    let owner = split.owner("auth");
    let (_, first) = split.sign_up("amina").await;
    session(&split, &first).await;
    // When sessions ended nobody may read now, so asking fails: only the signal can tell.
    let only_signals =
        "revoke select on auth.revocation from nexgate_auth; grant select (session) on auth.revocation to nexgate_auth";
    sqlx::raw_sql(only_signals).execute(owner).await.unwrap();
    let (status, _) = split.call(Method::POST, "/api/v1/auth/logout", Some(&first), None, json!({})).await.unwrap();
    assert_eq!(status, 204);
    until_refused_everywhere(&split, &first).await;

    // A session that ends without a word: only asking can tell.
    sqlx::raw_sql("grant select on auth.revocation to nexgate_auth").execute(owner).await.unwrap();
    let (_, second) = split.sign_up("baraka").await;
    let ended = session(&split, &second).await;
    let revoke = sqlx::query("insert into auth.revocation (session, at) values ($1, now())").bind(ended.uuid());
    revoke.execute(owner).await.unwrap();
    until_refused_everywhere(&split, &second).await;
}
