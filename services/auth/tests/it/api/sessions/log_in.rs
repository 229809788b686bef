//! Logging in with a password, the tries one has, and logging out.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use futures_util::future::join_all;
use serde_json::{Value, json};
use testkit::Stage;

use crate::world::{AMINA, Member, PASSWORD, after, already, count, log_in, not_yet, refresh, sign_up, stage, text};

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
async fn a4_a_wrong_password_answers_the_same_for_somebody_and_for_nobody() {
    let stage = stage().await;
    sign_up(&stage, AMINA).await;
    let body = |reply: testkit::Reply| (reply.status, reply.text);
    let somebody = body(log_in(&stage, AMINA, "wrong password", None).await);
    assert_eq!(somebody, body(log_in(&stage, "nobody@example.com", "wrong password", None).await));
    assert_eq!(somebody.0, 401);
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

async fn fail(stage: &Stage, contact: &str, times: usize) {
    for _ in 0..times {
        log_in(stage, contact, "wrong password", None).await.refused(401, "auth.wrong_credentials");
    }
}

#[tokio::test]
async fn a7_after_five_failures_the_wait_doubles_for_somebody_and_for_nobody() {
    let stage = stage().await;
    sign_up(&stage, AMINA).await;
    for contact in [AMINA, "nobody@example.com"] {
        fail(&stage, contact, 5).await;
        for wait in [1, 2, 4] {
            let refused = log_in(&stage, contact, PASSWORD, None).await;
            refused.refused(429, "auth.throttled");
            assert_eq!(refused.headers["retry-after"], wait.to_string());
            stage.advance(Duration::from_secs(wait));
            fail(&stage, contact, 1).await;
        }
    }
    stage.advance(Duration::from_secs(8));
    log_in(&stage, AMINA, PASSWORD, None).await.ok();
    fail(&stage, AMINA, 5).await;
}

#[tokio::test]
async fn a7_a_stranger_cannot_lock_somebody_out_of_their_own_device() {
    let stage = stage().await;
    let amina = sign_up(&stage, AMINA).await;
    fail(&stage, AMINA, 5).await;
    log_in(&stage, AMINA, PASSWORD, None).await.refused(429, "auth.throttled");
    let again = log_in(&stage, AMINA, PASSWORD, Some(amina.device())).await.ok();
    assert_eq!(again["device_id"], amina.tokens["device_id"]);
    // A stranger's own device opens no other count.
    let thief = sign_up(&stage, "thief@example.com").await;
    for device in [thief.device(), "made-up", &amina.device().replace(|c: char| c.is_ascii_digit(), "x")] {
        log_in(&stage, AMINA, PASSWORD, Some(device)).await.refused(429, "auth.throttled");
    }
}

#[tokio::test]
async fn a7_a_stolen_device_gets_no_endless_guesses_either() {
    let stage = stage().await;
    let amina = sign_up(&stage, AMINA).await;
    for _ in 0..10 {
        log_in(&stage, AMINA, "wrong password", Some(amina.device())).await.refused(401, "auth.wrong_credentials");
    }
    log_in(&stage, AMINA, PASSWORD, Some(amina.device())).await.refused(429, "auth.throttled");
    log_in(&stage, AMINA, PASSWORD, None).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a7_fifteen_guesses_at_once_are_five_guesses() {
    let stage = stage().await;
    sign_up(&stage, AMINA).await;
    let replies = join_all((0..15).map(|_| log_in(&stage, AMINA, "wrong password", None))).await;
    let judged = replies.iter().filter(|reply| reply.status == 401).count();
    let throttled = replies.iter().filter(|reply| reply.status == 429).count();
    assert_eq!((judged, throttled), (5, 10));
    assert_eq!(count(&stage, "select max(failures)::bigint from auth.throttle").await, 5, "kept in the database");
}

#[tokio::test]
async fn a7_a_change_of_the_key_gives_nobody_more_tries_at_a_password() {
    let before = stage().await;
    let not_yet = not_yet(&before);
    sign_up(&not_yet, AMINA).await;
    for _ in 0..5 {
        log_in(&not_yet, AMINA, "wrong password", None).await.refused(401, "auth.wrong_credentials");
    }
    for stage in [&already(&before), &after(&before)] {
        log_in(stage, AMINA, PASSWORD, None).await.refused(429, "auth.throttled");
    }
    before.advance(Duration::from_secs(1));
    // Who is right is forgiven under both.
    log_in(&already(&before), AMINA, PASSWORD, None).await.ok();
    for stage in [&not_yet, &after(&before)] {
        log_in(stage, AMINA, "wrong password", None).await.refused(401, "auth.wrong_credentials");
    }
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
