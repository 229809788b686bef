//! The public keys (A3).

use std::collections::HashSet;

use data_encoding::BASE64URL_NOPAD;
use futures_util::future::join_all;
use host::{Keys, token::SigningKeys};
use serde_json::json;

use crate::world::{AMINA, PASSWORD, after, beside, count, is_kept, kid, log_in, published, sign_up, stage, text};

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

#[tokio::test(flavor = "multi_thread")]
async fn a3_a_signing_key_whose_master_key_was_dropped_is_forgotten_with_its_tokens() {
    let before = stage().await;
    let amina = sign_up(&before, AMINA).await;
    let after = after(&before);
    amina.person.at(&after).get("/api/v1/auth/sessions").await.refused(401, "invalid_token");
    assert_eq!(count(&before, "select count(*) from auth.signing_key").await, 1);
    let again = log_in(&after, AMINA, PASSWORD, None).await.ok();
    after.bearer(amina.person.id, text(&again["access_token"])).get("/api/v1/auth/sessions").await.ok();
    // Ten nodes at once make one key of it.
    let dropped = beside(&before, Keys::from_master([9; 32]));
    join_all((0..10).map(|_| log_in(&dropped, "nobody@example.com", PASSWORD, None))).await;
    join_all((0..10).map(|_| async { dropped.anonymous().get("/.well-known/jwks.json").await.ok() })).await;
    assert_eq!(count(&before, "select count(*) from auth.signing_key").await, 1);
}
