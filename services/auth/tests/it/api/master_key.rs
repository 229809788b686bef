//! The master key changes: what it made goes on until the old one is dropped, and nobody gains by it.

use std::{collections::HashSet, time::Duration};

use futures_util::future::join_all;
use host::Keys;
use serde_json::{Value, json};
use testkit::Stage;

use crate::{PASSWORD, begin, code_for, count, log_in, post, refresh, setting, sign_up, stage, text, verify, wish};

const AMINA: &str = "amina@example.com";
/// The one of every stage that names none.
const OLD: [u8; 32] = [7; 32];
const NEW: [u8; 32] = [8; 32];

/// Another node on the same database, which knows these keys.
fn beside(stage: &Stage, keys: Keys) -> Stage {
    setting().with(|config| config.keys = keys).beside(stage)
}

/// A node that was told of the new key and doesn't use it yet.
fn not_yet(stage: &Stage) -> Stage {
    beside(stage, Keys::from_master(OLD).accepting([NEW]))
}

/// A node that uses the new key.
fn already(stage: &Stage) -> Stage {
    beside(stage, Keys::from_master(NEW).accepting([OLD]))
}

/// A node that was told to forget the old one.
fn after(stage: &Stage) -> Stage {
    beside(stage, Keys::from_master(NEW))
}

async fn log_in_with(stage: &Stage, device: &str) -> Value {
    log_in(stage, AMINA, PASSWORD, Some(device)).await.ok()
}

#[tokio::test]
async fn a_refresh_token_a_code_and_a_device_of_the_old_key_work_until_it_is_dropped() {
    let before = stage().await;
    let amina = sign_up(&before, AMINA).await;
    let other = log_in_with(&before, amina.device()).await;
    let mut flows = Vec::new();
    for _ in 0..2 {
        let flow = begin(&before, "login/code", json!({"identifier": AMINA})).await;
        flows.push((flow, code_for(&before, AMINA).await));
    }

    let already = already(&before);
    amina.person.at(&already).get("/api/v1/auth/sessions").await.ok();
    refresh(&already, amina.refresh_token()).await.ok();
    verify(&already, &flows[0].0, &flows[0].1).await.ok();
    assert_eq!(log_in_with(&already, amina.device()).await["device_id"], amina.tokens["device_id"]);

    let after = after(&before);
    refresh(&after, text(&other["refresh_token"])).await.refused(401, "auth.refresh_invalid");
    verify(&after, &flows[1].0, &flows[1].1).await.refused(422, "auth.code_wrong");
    assert_ne!(log_in_with(&after, amina.device()).await["device_id"], amina.tokens["device_id"]);
}

#[tokio::test]
async fn what_a_node_with_the_new_key_makes_needs_the_old_one_no_longer() {
    let before = stage().await;
    let first = sign_up(&before, AMINA).await;
    let already = already(&before);
    let second = refresh(&already, first.refresh_token()).await.ok();
    let flow = begin(&already, "login/code", json!({"identifier": AMINA})).await;
    let code = code_for(&already, AMINA).await;
    // A node that hasn't got it yet knows what it made, too.
    refresh(&not_yet(&before), text(&second["refresh_token"])).await.ok();
    let after = after(&before);
    verify(&after, &flow, &code).await.ok();
    assert_eq!(log_in_with(&after, text(&second["device"])).await["device_id"], first.tokens["device_id"]);
    let third = refresh(&already, text(&second["refresh_token"])).await.ok();
    let fourth = refresh(&already, text(&third["refresh_token"])).await.ok();
    refresh(&after, text(&fourth["refresh_token"])).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a3_racers_get_the_same_successor_whichever_node_has_the_new_key_already() {
    let before = stage().await;
    let (not_yet, already) = (not_yet(&before), already(&before));
    for (number, first) in [&not_yet, &already].into_iter().enumerate() {
        let member = sign_up(&before, &format!("somebody_{number}@example.com")).await;
        let mut racing = Vec::new();
        for _ in 0..8 {
            racing.extend([refresh(first, member.refresh_token()), refresh(&not_yet, member.refresh_token())]);
            racing.push(refresh(&already, member.refresh_token()));
        }
        let replies = join_all(racing).await;
        let successors: HashSet<String> =
            replies.into_iter().map(|reply| text(&reply.ok()["refresh_token"]).to_owned()).collect();
        assert_eq!(successors.len(), 1);
        // A lost answer is repeated by either, and both go on from there.
        let successor = successors.iter().next().unwrap();
        for node in [&not_yet, &already] {
            assert_eq!(refresh(node, member.refresh_token()).await.ok()["refresh_token"], json!(successor));
        }
        refresh(first, successor).await.ok();
    }
    assert_eq!(count(&before, "select count(*) from auth.refresh_token").await, 2 * 3);
}

#[tokio::test]
async fn a_reused_token_of_the_old_key_still_ends_its_family() {
    let before = stage().await;
    let amina = sign_up(&before, AMINA).await;
    let second = refresh(&before, amina.refresh_token()).await.ok();
    let already = already(&before);
    let third = refresh(&already, text(&second["refresh_token"])).await.ok();
    refresh(&already, amina.refresh_token()).await.refused(401, "auth.refresh_reused");
    refresh(&already, text(&third["refresh_token"])).await.refused(401, "auth.session_revoked");
}

#[tokio::test]
async fn a3_signing_keys_are_sealed_again_within_the_hour_and_stay_who_they_are() {
    let before = stage().await;
    let amina = sign_up(&before, AMINA).await;
    let published = async |stage: &Stage| stage.anonymous().get("/.well-known/jwks.json").await.ok();
    let keys = published(&before).await;
    before.settle().await;
    let already = already(&before);
    already.advance(Duration::from_hours(1));
    already.settle().await;
    let after = after(&before);
    assert_eq!(published(&after).await, keys);
    let again = log_in(&after, AMINA, PASSWORD, None).await.ok();
    after.bearer(amina.person.id, text(&again["access_token"])).get("/api/v1/auth/sessions").await.ok();
    assert_eq!(published(&after).await, keys);
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
async fn a1_a_change_of_the_key_gives_nobody_more_codes() {
    let before = stage().await;
    let not_yet = not_yet(&before);
    let ask = async |stage: &Stage| post(stage, "login/code", json!({"identifier": AMINA})).await;
    let flow = begin(&not_yet, "login/code", json!({"identifier": AMINA})).await;
    ask(&not_yet).await.ok();
    ask(&already(&before)).await.ok();
    before.advance(Duration::from_mins(2));
    // Sent again, each by another node than the one where it began.
    for stage in [&already(&before), &not_yet] {
        post(stage, "code/resend", json!({"flow_id": flow})).await.ok();
        before.advance(Duration::from_mins(2));
    }
    for stage in [&not_yet, &already(&before), &after(&before)] {
        ask(stage).await.refused(429, "auth.code_too_soon");
        post(stage, "register", wish(AMINA)).await.refused(429, "auth.code_too_soon");
    }
}

#[tokio::test]
async fn a11_a_child_is_recognised_until_the_old_key_is_dropped() {
    let before = stage().await;
    let mut young = wish(AMINA);
    young["birth_date"] = json!("2014-01-01");
    post(&before, "register", young).await.refused(422, "auth.too_young");
    post(&already(&before), "register", wish(AMINA)).await.refused(422, "auth.too_young");
    assert_eq!(post(&after(&before), "register", wish(AMINA)).await.status, 202);
}
