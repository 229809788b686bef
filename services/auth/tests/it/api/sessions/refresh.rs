//! Refresh tokens and their families (A3), also while the master key changes.

use std::{collections::HashSet, time::Duration};

use futures_util::future::join_all;
use serde_json::{Value, json};
use testkit::Stage;

use crate::world::{
    AMINA, Member, PASSWORD, after, already, begin, code_for, count, log_in, not_yet, refresh, sign_up, stage, text, verify,
};

#[tokio::test]
async fn a3_a_refresh_token_is_followed_by_its_successor_in_the_same_session() {
    let stage = stage().await;
    let first = sign_up(&stage, AMINA).await;
    stage.advance(Duration::from_mins(11));
    first.person.get("/api/v1/auth/sessions").await.refused(401, "token_expired");
    let second = Member::of(&stage, refresh(&stage, first.refresh_token()).await.ok());
    assert_ne!(first.refresh_token(), second.refresh_token());
    assert_eq!((first.session, &first.tokens["device_id"]), (second.session, &second.tokens["device_id"]));
    let sessions = second.person.get("/api/v1/auth/sessions").await.ok();
    assert_eq!(sessions["items"][0]["last_seen_at"], json!(stage.clock.now()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a3_twenty_refreshes_at_once_get_the_same_successor() {
    let stage = stage().await;
    // Every connection is open before the race begins.
    join_all((0..20).map(|_| refresh(&stage, "A"))).await;
    let amina = sign_up(&stage, AMINA).await;
    let replies = join_all((0..20).map(|_| refresh(&stage, amina.refresh_token()))).await;
    let successors: HashSet<String> = replies.into_iter().map(|reply| text(&reply.ok()["refresh_token"]).to_owned()).collect();
    assert_eq!(successors.len(), 1);
    assert_eq!(count(&stage, "select count(*) from auth.refresh_token").await, 2);
    // And it works.
    refresh(&stage, successors.iter().next().unwrap()).await.ok();
}

#[tokio::test]
async fn a3_a_lost_answer_is_repeated_and_an_older_token_ends_the_family() {
    let stage = stage().await;
    let amina = sign_up(&stage, AMINA).await;
    let second = refresh(&stage, amina.refresh_token()).await.ok();
    stage.advance(Duration::from_hours(5));
    assert_eq!(refresh(&stage, amina.refresh_token()).await.ok()["refresh_token"], second["refresh_token"]);
    let third = refresh(&stage, text(&second["refresh_token"])).await.ok();
    // A thief comes with the first one: nobody goes on.
    refresh(&stage, amina.refresh_token()).await.refused(401, "auth.refresh_reused");
    for token in [&second, &third] {
        refresh(&stage, text(&token["refresh_token"])).await.refused(401, "auth.session_revoked");
    }
    refresh(&stage, amina.refresh_token()).await.refused(401, "auth.session_revoked");
}

#[tokio::test]
async fn a3_a_refresh_token_lives_thirty_days_from_its_making() {
    let stage = stage().await;
    let amina = sign_up(&stage, AMINA).await;
    stage.advance(Duration::from_hours(24 * 29));
    let second = refresh(&stage, amina.refresh_token()).await.ok();
    stage.advance(Duration::from_hours(24 * 29));
    let third = refresh(&stage, text(&second["refresh_token"])).await.ok();
    stage.advance(Duration::from_hours(24 * 30));
    refresh(&stage, text(&third["refresh_token"])).await.refused(401, "auth.refresh_invalid");
    stage.settle().await;
    assert_eq!(count(&stage, "select count(*) from auth.refresh_token").await, 0, "swept");
    assert_eq!(count(&stage, "select count(*) from auth.session").await, 0, "swept");
}

#[tokio::test]
async fn a3_what_is_no_token_of_ours_says_so_and_ends_nothing() {
    let stage = stage().await;
    let amina = sign_up(&stage, AMINA).await;
    for token in ["", "x", "!!!", &"A".repeat(43), text(&amina.tokens["access_token"]).get(..100).unwrap()] {
        refresh(&stage, token).await.refused(401, "auth.refresh_invalid");
    }
    refresh(&stage, amina.refresh_token()).await.ok();
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
