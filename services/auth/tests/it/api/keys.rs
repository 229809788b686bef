//! The keys access tokens are signed with (A3).

use std::{collections::HashSet, time::Duration};

use data_encoding::BASE64URL_NOPAD;
use futures_util::future::join_all;
use host::token::SigningKeys;
use serde_json::{Value, json};
use testkit::Stage;

use crate::{PASSWORD, count, is_kept, log_in, sign_up, stage, text};

const AMINA: &str = "amina@example.com";
const DAY: Duration = Duration::from_hours(24);

fn kid(token: &str) -> String {
    let header = BASE64URL_NOPAD.decode(token.split('.').next().unwrap().as_bytes()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    assert_eq!(header["alg"], "EdDSA");
    text(&header["kid"]).to_owned()
}

async fn published(stage: &Stage) -> Vec<String> {
    let keys = stage.anonymous().get("/.well-known/jwks.json").await.ok();
    keys["keys"].as_array().unwrap().iter().map(|key| text(&key["kid"]).to_owned()).collect()
}

/// Logs in, and checks that the token passes; the id of the key it was signed with.
async fn sign(stage: &Stage) -> String {
    let tokens = log_in(stage, AMINA, PASSWORD, None).await.ok();
    let token = text(&tokens["access_token"]);
    stage.bearer(stage.id(), token).get("/api/v1/auth/sessions").await.ok();
    kid(token)
}

#[tokio::test]
async fn a3_the_key_set_is_what_rfc_8037_says_and_the_token_names_its_key() {
    let stage = stage().await;
    let reply = stage.anonymous().get("/.well-known/jwks.json").await;
    assert_eq!(reply.headers["cache-control"], "public, max-age=300");
    let keys = reply.ok();
    let key = keys["keys"][0].as_object().unwrap();
    assert_eq!(
        (&key["kty"], &key["crv"], &key["use"], &key["alg"]),
        (&json!("OKP"), &json!("Ed25519"), &json!("sig"), &json!("EdDSA"))
    );
    assert_eq!(BASE64URL_NOPAD.decode(text(&key["x"]).as_bytes()).unwrap().len(), 32);
    assert!(key.len() == 6 && !key.contains_key("d"), "never the private half");
    let amina = sign_up(&stage, AMINA).await;
    assert_eq!(kid(text(&amina.tokens["access_token"])), text(&key["kid"]));
    let asked = stage.node.ask(SigningKeys {}).await.unwrap();
    assert_eq!((asked.len(), asked[0].x.as_str()), (1, text(&key["x"])));
    assert!(!is_kept(&stage, text(&key["x"])).await, "bytes, not text");
}

#[tokio::test(flavor = "multi_thread")]
async fn a3_ten_first_logins_at_once_make_one_key() {
    let stage = stage().await;
    let sets = join_all((0..10).map(|_| published(&stage))).await;
    assert_eq!(sets.into_iter().collect::<HashSet<_>>().len(), 1);
    assert_eq!(count(&stage, "select count(*) from auth.signing_key").await, 1);
}

#[tokio::test]
async fn a3_keys_rotate_after_thirty_days_and_the_old_one_stays_until_its_tokens_are_out_of_date() {
    let stage = stage().await;
    sign_up(&stage, AMINA).await;
    stage.settle().await;
    let first = sign(&stage).await;
    stage.advance(DAY * 30);
    stage.settle().await;
    // Published, and not used yet.
    assert_eq!((published(&stage).await.len(), sign(&stage).await), (2, first.clone()));
    stage.advance(Duration::from_hours(1));
    let second = sign(&stage).await;
    assert_ne!(first, second);
    stage.settle().await;
    assert!(published(&stage).await.contains(&first), "a token signed with it a moment ago is still good");
    stage.advance(Duration::from_hours(1));
    stage.settle().await;
    assert_eq!(published(&stage).await, [second.as_str()]);
    assert_eq!(sign(&stage).await, second);
}

#[tokio::test]
async fn a3_a_token_that_names_an_unknown_key_is_refused() {
    let stage = stage().await;
    let amina = sign_up(&stage, AMINA).await;
    let token = text(&amina.tokens["access_token"]);
    let header = BASE64URL_NOPAD.encode(br#"{"typ":"JWT","alg":"EdDSA","kid":"0123456789abcdef"}"#);
    let forged = format!("{header}.{}", token.split_once('.').unwrap().1);
    stage.bearer(amina.person.id, &forged).get("/api/v1/auth/sessions").await.refused(401, "invalid_token");
    // With the right name, another header breaks the signature.
    let header = BASE64URL_NOPAD.encode(format!(r#"{{"alg":"EdDSA","kid":"{}"}}"#, kid(token)).as_bytes());
    let forged = format!("{header}.{}", token.split_once('.').unwrap().1);
    stage.bearer(amina.person.id, &forged).get("/api/v1/auth/sessions").await.refused(401, "invalid_token");
}
