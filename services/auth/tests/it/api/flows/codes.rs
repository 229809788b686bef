//! Codes: how many are sent to whom, for how long they are good, and how often they may be missed.

use std::time::Duration;

use contracts::{auth::CodeIssued, ids::Flow};
use futures_util::future::join_all;
use host::Keys;
use kernel::Id;
use serde_json::json;
use testkit::{Reply, Stage};

use crate::world::{
    AMINA, after, already, begin, code_for, count, not_yet, post, post_from, sign_up, stage, text, verify, wish, wrong,
};

#[tokio::test]
async fn a1_five_wrong_codes_lock_until_another_is_sent() {
    let stage = stage().await;
    let flow = begin(&stage, "register", wish(AMINA)).await;
    let code = code_for(&stage, AMINA).await;
    for _ in 0..5 {
        verify(&stage, &flow, wrong(&code)).await.refused(422, "auth.code_wrong");
    }
    verify(&stage, &flow, &code).await.refused(422, "auth.code_locked");
    assert_eq!(count(&stage, "select count(*) from auth.account").await, 0);
    stage.advance(Duration::from_secs(30));
    post(&stage, "code/resend", json!({"flow_id": flow})).await.ok();
    let next = code_for(&stage, AMINA).await;
    verify(&stage, &flow, &next).await.ok();
    verify(&stage, &flow, &next).await.refused(409, "auth.code_used");
}

#[tokio::test]
async fn a1_a_code_is_good_for_ten_minutes_and_for_its_own_flow() {
    let stage = stage().await;
    let (flow, other) = (begin(&stage, "register", wish(AMINA)).await, begin(&stage, "register", wish("b@example.com")).await);
    let code = code_for(&stage, AMINA).await;
    verify(&stage, &other, &code).await.refused(422, "auth.code_wrong");
    stage.advance(Duration::from_mins(10));
    verify(&stage, &flow, &code).await.refused(422, "auth.code_expired");
    verify(&stage, "flw_00000000000000000000000001", &code).await.refused(404, "not_found");
}

#[tokio::test]
async fn a1_sending_again_waits_30_60_120_seconds() {
    let stage = stage().await;
    let flow = begin(&stage, "register", wish(AMINA)).await;
    for wait in [30, 60, 120] {
        let early = post(&stage, "code/resend", json!({"flow_id": flow})).await;
        early.refused(429, "auth.code_too_soon");
        assert_eq!(early.headers["retry-after"], wait.to_string());
        stage.advance(Duration::from_secs(wait - 1));
        post(&stage, "code/resend", json!({"flow_id": flow})).await.refused(429, "auth.code_too_soon");
        stage.advance(Duration::from_secs(1));
        assert_eq!(post(&stage, "code/resend", json!({"flow_id": flow})).await.status, 202);
    }
    let codes: Vec<String> = stage.told::<CodeIssued>().await.into_iter().map(|issued| issued.code).collect();
    verify(&stage, &flow, &codes[0]).await.refused(422, "auth.code_wrong");
    verify(&stage, &flow, &codes[3]).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_a_contact_gets_five_codes_in_ten_minutes_even_when_ten_are_asked_for_at_once() {
    let stage = stage().await;
    let asked = (0..10).map(|_| post(&stage, "login/code", json!({"identifier": AMINA})));
    let replies = join_all(asked).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 202).count(), 5);
    let refused = replies.iter().find(|reply| reply.status != 202).unwrap();
    refused.refused(429, "auth.code_too_soon");
    assert_eq!(refused.headers["retry-after"], "600");
    stage.advance(Duration::from_mins(10));
    assert_eq!(post(&stage, "login/code", json!({"identifier": AMINA})).await.status, 202);
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
