//! Throttling (A7).

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;
use testkit::{Reply, Stage};

use crate::{PASSWORD, begin, count, log_in, post, post_from, sign_up, stage, text, wish};

const AMINA: &str = "amina@example.com";

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

#[tokio::test]
async fn a7_a_stranger_who_asks_for_codes_cannot_keep_them_from_a_known_device() {
    let stage = stage().await;
    let amina = sign_up(&stage, AMINA).await;
    for _ in 0..4 {
        begin(&stage, "login/code", json!({"identifier": AMINA})).await;
    }
    let refused = post(&stage, "login/code", json!({"identifier": AMINA})).await;
    refused.refused(429, "auth.code_too_soon");
    begin(&stage, "login/code", json!({"identifier": AMINA, "device": amina.device()})).await;
}

#[tokio::test]
async fn a7_a_strangers_own_device_gets_no_more_codes_for_somebody_or_for_nobody() {
    let stage = stage().await;
    sign_up(&stage, AMINA).await;
    let thief = sign_up(&stage, "thief@example.com").await;
    for (contact, left) in [(AMINA, 4), ("nobody@example.com", 5)] {
        for _ in 0..left {
            begin(&stage, "login/code", json!({"identifier": contact})).await;
        }
        let refused = post(&stage, "login/code", json!({"identifier": contact, "device": thief.device()})).await;
        refused.refused(429, "auth.code_too_soon");
    }
}

#[tokio::test]
async fn a7_an_address_is_given_sixty_codes_in_ten_minutes_and_its_neighbour_has_its_own() {
    let stage = stage().await;
    let from = async |address: &str, path: &str, body| post_from(&stage, address, path, body).await;
    let (home, neighbour) = ("196.41.0.7:1", "196.41.0.8:1");
    let mut flows = Vec::new();
    for contact in ["+255712000001", "+255712000002"] {
        let mut body = wish(contact);
        body.as_object_mut().unwrap().remove("password");
        flows.push(text(&from(home, "register", body).await.ok()["flow_id"]).to_owned());
    }
    stage.advance(Duration::from_secs(30));
    from(home, "code/resend", json!({"flow_id": flows[0]})).await.ok();
    for number in 0..57 {
        from(home, "login/code", json!({"identifier": format!("nobody_{number}@example.com")})).await.ok();
    }
    let more = [
        ("register", wish(AMINA)),
        ("login/code", json!({"identifier": "somebody@example.com"})),
        ("code/resend", json!({"flow_id": flows[1]})),
    ];
    for (path, body) in &more {
        let refused = from("196.41.0.7:9999", path, body.clone()).await;
        refused.refused(429, "auth.code_too_soon");
        assert_eq!(refused.headers["retry-after"], "570");
    }
    for (path, body) in &more {
        from(neighbour, path, body.clone()).await.ok();
    }
    stage.advance(Duration::from_secs(570));
    from(home, "login/code", json!({"identifier": "somebody@example.com"})).await.ok();
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

async fn verify_from(stage: &Stage, address: &str, flow: &str) -> Reply {
    post_from(stage, address, "verify", json!({"flow_id": flow, "code": "no code"})).await
}

#[tokio::test]
async fn a7_an_address_that_fails_fifty_times_waits_and_its_neighbour_does_not() {
    let stage = stage().await;
    for number in 0..10 {
        let flow = begin(&stage, "login/code", json!({"identifier": format!("nobody_{number}@example.com")})).await;
        for port in 1..=5 {
            verify_from(&stage, &format!("196.41.0.7:{port}"), &flow).await.refused(422, "auth.code_wrong");
        }
    }
    let flow = begin(&stage, "login/code", json!({"identifier": "somebody@example.com"})).await;
    let refused = verify_from(&stage, "196.41.0.7:9999", &flow).await;
    refused.refused(429, "auth.throttled");
    assert_eq!(refused.headers["retry-after"], "1");
    verify_from(&stage, "196.41.0.8:1", &flow).await.refused(422, "auth.code_wrong");
}
