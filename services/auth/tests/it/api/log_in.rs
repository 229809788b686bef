//! Logging in and out.

use contracts::{auth::CodeIssued, ids::Flow};
use data_encoding::BASE64URL_NOPAD;
use futures_util::future::join_all;
use host::Keys;
use kernel::Id;
use serde_json::{Value, json};

use crate::{Member, PASSWORD, begin, code_for, log_in, post, refresh, sign_up, stage, text, verify};

const AMINA: &str = "amina@example.com";

#[tokio::test]
async fn a2_a_password_logs_in_and_the_token_says_who() {
    let stage = stage().await;
    let amina = sign_up(&stage, AMINA).await;
    log_in(&stage, AMINA, "wrong password", None).await.refused(401, "auth.wrong_credentials");
    let again = Member::of(&stage, log_in(&stage, "AMINA@example.com", PASSWORD, None).await.ok());
    assert_ne!(again.session, amina.session);
    let claims = text(&again.tokens["access_token"]).split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&BASE64URL_NOPAD.decode(claims.as_bytes()).unwrap()).unwrap();
    let now = stage.clock.now().as_second();
    let expected = json!({"iss": "http://nexgate.test", "aud": "nexgate", "sub": amina.person.id, "sid": again.session,
        "roles": ["user"], "iat": now, "exp": now + 600});
    assert_eq!(claims, expected);
}

#[tokio::test]
async fn a4_asking_for_a_code_answers_the_same_for_somebody_and_for_nobody() {
    let stage = stage().await;
    sign_up(&stage, AMINA).await;
    let sent = stage.told::<CodeIssued>().await.len();
    let mut flows = Vec::new();
    for contact in [AMINA, "nobody@example.com"] {
        let reply = post(&stage, "login/code", json!({"identifier": contact})).await;
        assert_eq!((reply.status.as_u16(), reply.json.as_object().unwrap().len()), (202, 1));
        flows.push(text(&reply.json["flow_id"]).to_owned());
    }
    assert_eq!(stage.told::<CodeIssued>().await.len(), sent + 1, "nobody is sent nothing");
    let code = code_for(&stage, AMINA).await;
    for (flow, tried) in flows.iter().zip(["000000", code.as_str()]) {
        if tried != code || flow != &flows[0] {
            verify(&stage, flow, tried).await.refused(422, "auth.code_wrong");
        }
    }
    for flow in &flows {
        let reply = post(&stage, "code/resend", json!({"flow_id": flow})).await;
        reply.refused(429, "auth.code_too_soon");
    }
    stage.advance(std::time::Duration::from_mins(10));
    stage.settle().await;
    for flow in &flows {
        verify(&stage, flow, "000000").await.refused(422, "auth.code_expired");
        assert_eq!(post(&stage, "code/resend", json!({"flow_id": flow})).await.status, 202);
    }
}

#[tokio::test]
async fn a4_a_wrong_password_answers_the_same_for_somebody_and_for_nobody() {
    let stage = stage().await;
    sign_up(&stage, AMINA).await;
    let body = |reply: testkit::Reply| (reply.status, reply.text);
    let somebody = body(log_in(&stage, AMINA, "wrong password", None).await);
    assert_eq!(somebody, body(log_in(&stage, "nobody@example.com", "wrong password", None).await));
    assert_eq!(somebody.0, 401);
}

#[tokio::test]
async fn a4_nobodys_code_is_wrong_even_when_it_is_guessed() {
    let stage = stage().await;
    let flow = begin(&stage, "login/code", json!({"identifier": "nobody@example.com"})).await;
    let id: Id<Flow> = flow.parse().unwrap();
    // The row is made to hold what a right guess would match.
    let hash = Keys::from_master([7; 32]).hash("auth.code", &[id.uuid().as_bytes().as_slice(), b"123456"].concat());
    let planted = sqlx::query("update auth.flow set code_hash = $1").bind(hash.as_slice()).execute(&stage.database.owner).await;
    assert_eq!(planted.unwrap().rows_affected(), 1);
    verify(&stage, &flow, "123456").await.refused(422, "auth.code_wrong");
}

#[tokio::test]
async fn a8_overload_is_refused_at_once_and_clearly() {
    let stage = stage().await;
    let emails: Vec<String> = (0..60).map(|number| format!("nobody_{number}@example.com")).collect();
    let replies = join_all(emails.iter().map(|email| log_in(&stage, email, PASSWORD, None))).await;
    let busy: Vec<_> = replies.iter().filter(|reply| reply.status == 503).collect();
    assert!(replies.iter().any(|reply| reply.status == 401) && !busy.is_empty());
    for reply in busy {
        reply.refused(503, "auth.busy");
        assert_eq!(reply.headers["retry-after"], "1");
    }
    log_in(&stage, &emails[0], PASSWORD, None).await.refused(401, "auth.wrong_credentials");
}

#[tokio::test]
async fn a2_logging_out_ends_this_session_only() {
    let stage = stage().await;
    let here = sign_up(&stage, AMINA).await;
    let there = Member::of(&stage, log_in(&stage, AMINA, PASSWORD, None).await.ok());
    assert_eq!(here.person.post("/api/v1/auth/logout", json!({})).await.status, 204);
    here.person.post("/api/v1/auth/logout", json!({})).await.refused(401, "token_revoked");
    there.person.get("/api/v1/auth/sessions").await.ok();
    refresh(&stage, here.refresh_token()).await.refused(401, "auth.session_revoked");
    refresh(&stage, there.refresh_token()).await.ok();
    stage.anonymous().post("/api/v1/auth/logout", json!({})).await.refused(401, "unauthenticated");
}
