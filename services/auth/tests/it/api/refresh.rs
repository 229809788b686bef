//! Refresh tokens and their families (A3).

use std::{collections::HashSet, time::Duration};

use futures_util::future::join_all;
use serde_json::json;

use crate::{Member, count, refresh, sign_up, stage, text};

const AMINA: &str = "amina@example.com";

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
