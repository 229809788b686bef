//! Our tokens in somebody else's hands: PyJWT verifies them from our key set, and ours refuses what it should.

use std::{ops::Add, process::Stdio};

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::market::{open, sign_up};

/// Reads {jwks, token, issuer} and prints the claims.
const VERIFY: &str = "
import json, sys, jwt
given = json.load(sys.stdin)
keys = jwt.PyJWKSet.from_dict(given['jwks'])
kid = jwt.get_unverified_header(given['token'])['kid']
print(json.dumps(jwt.decode(given['token'], keys[kid], algorithms=['EdDSA'], audience='nexgate', issuer=given['issuer'],
    options={'verify_exp': False, 'verify_iat': False})))
";

#[expect(clippy::disallowed_methods, reason = "cargo xtask test says where its Python is")]
pub fn python() -> String {
    std::env::var("NEXGATE_TEST_PYTHON").expect("NEXGATE_TEST_PYTHON names a Python with PyJWT; `cargo xtask test` sets it")
}

fn verified_elsewhere(given: &Value) -> Value {
    let mut child = std::process::Command::new(python())
        .args(["-c", VERIFY])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python runs");
    serde_json::to_writer(child.stdin.take().unwrap(), given).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn a3_pyjwt_verifies_our_token_from_our_key_set() {
    let stage = open().await;
    let amina = sign_up(&stage, "amina").await;
    let jwks = stage.anonymous().get("/.well-known/jwks.json").await.ok();
    let given = json!({"jwks": jwks, "token": amina.token, "issuer": "http://nexgate.test"});
    let claims = verified_elsewhere(&given);
    assert_eq!((&claims["sub"], claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap()), (&json!(amina.id), 600));
    let text = claims.to_string();
    assert!(!text.contains("amina") && !text.contains('@'), "x9: no name and no contact in a token: {text}");
}

#[tokio::test]
async fn a3_tokens_that_are_not_ours_are_refused() {
    let stage = open().await;
    let amina = sign_up(&stage, "amina").await;
    let now = stage.clock.now().as_second();
    let claims = json!({"iss": "http://nexgate.test", "aud": "nexgate", "sub": amina.id, "sid": "ses_00000000000000000000000001",
        "roles": ["user", "admin"], "iat": now, "exp": now + 600});
    // The classic confusion: our own public key as the secret of a symmetric signature, under our key's name.
    let key = stage.anonymous().get("/.well-known/jwks.json").await.ok()["keys"][0].clone();
    let secret =
        EncodingKey::from_base64_secret(&key["x"].as_str().unwrap().replace('-', "+").replace('_', "/").add("=")).unwrap();
    let header = Header { kid: key["kid"].as_str().map(str::to_owned), ..Header::new(Algorithm::HS256) };
    let symmetric = jsonwebtoken::encode(&header, &claims, &secret).unwrap();
    let body = amina.token.as_deref().unwrap().split('.').nth(1).unwrap().to_owned();
    let none = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{body}.");
    for token in [none.as_str(), &symmetric] {
        stage.bearer(amina.id, token).get("/api/v1/users/me").await.refused(401, "invalid_token");
    }
    stage.advance(std::time::Duration::from_secs(601));
    amina.get("/api/v1/users/me").await.refused(401, "token_expired");
}
