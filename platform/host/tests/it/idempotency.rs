//! X2: idempotency keys.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;

use crate::toy::{a_minute_and_a_heartbeat, count_of, open_the_gate, somebody_waits, stage};

const THINGS: &str = "/api/v1/things";

#[tokio::test]
async fn x2_the_same_request_replays_its_first_success_to_the_same_caller() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), stage.person());
    let first = amina.post_once("key-1", THINGS, json!({"name": "lamp"})).await;
    let again = amina.post_once("key-1", THINGS, json!({"name": "lamp"})).await;
    assert_eq!((first.status, &first.json), (again.status, &again.json));
    assert_eq!(count_of(&stage, "toy.thing").await, 1);
    let other = baraka.post_once("key-1", THINGS, json!({"name": "lamp"})).await.ok();
    assert_ne!(other, first.json);
}

#[tokio::test]
async fn x2_the_same_key_with_another_body_is_refused() {
    let stage = stage().await;
    let amina = stage.person();
    amina.post_once("key-1", THINGS, json!({"name": "lamp"})).await.ok();
    amina.post_once("key-1", THINGS, json!({"name": "vase"})).await.refused(422, "idempotency_key_reused");
    assert_eq!(count_of(&stage, "toy.thing").await, 1);
}

#[tokio::test]
async fn x2_the_same_key_and_body_at_another_address_of_the_route_is_refused() {
    let stage = stage().await;
    let amina = stage.person();
    let copies = |thing: u8| format!("/api/v1/things/thg_0000000000000000000000000{thing}/copies");
    amina.post_once("key-1", &copies(1), json!({"name": "lamp"})).await.ok();
    amina.post_once("key-1", &copies(2), json!({"name": "lamp"})).await.refused(422, "idempotency_key_reused");
    assert_eq!(count_of(&stage, "toy.thing").await, 1);
}

#[tokio::test]
async fn x2_a_missing_or_unusable_key_is_refused() {
    let stage = stage().await;
    let body = || Some(json!({"name": "lamp"}).to_string());
    let amina = stage.person();
    amina.call(axum::http::Method::POST, THINGS, None, body()).await.refused(400, "idempotency_key_required");
    amina.call(axum::http::Method::POST, THINGS, Some("two words"), body()).await.refused(400, "idempotency_key_invalid");
    amina.call(axum::http::Method::POST, THINGS, Some(""), body()).await.refused(400, "idempotency_key_invalid");
    let long = "k".repeat(256);
    amina.call(axum::http::Method::POST, THINGS, Some(&long), body()).await.refused(400, "idempotency_key_invalid");
    amina.call(axum::http::Method::POST, THINGS, Some(&long[1..]), body()).await.ok();
}

#[tokio::test]
async fn x2_a_failure_can_be_retried_with_the_same_key_and_another_body() {
    let stage = stage().await;
    let amina = stage.person();
    amina.post_once("key-1", THINGS, json!({"name": "refused"})).await.refused(409, "toy.refused");
    amina.post_once("key-1", THINGS, json!({"name": "lamp"})).await.ok();
    assert_eq!(count_of(&stage, "toy.thing").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn x2_thirty_at_once_with_one_key_have_one_effect() {
    let stage = stage().await;
    let amina = stage.person();
    let calls = (0..30).map(|_| {
        let amina = amina.clone();
        async move { amina.post_once("key-1", THINGS, json!({"name": "lamp"})).await }
    });
    let replies = join_all(calls).await;
    let made = replies.iter().filter(|reply| reply.status == 201).count();
    let running = replies.iter().filter(|reply| reply.status == 409).count();
    assert!(made >= 1 && made + running == 30, "{made} made, {running} still running");
    assert_eq!(count_of(&stage, "toy.thing").await, 1);
    let tries: i64 = sqlx::query_scalar("select last_value from toy.tries").fetch_one(&stage.database.owner).await.unwrap();
    assert_eq!(tries, 1, "only one of them began");
}

#[tokio::test(flavor = "multi_thread")]
async fn x2_who_was_overtaken_after_their_lease_ran_out_has_no_effect() {
    let stage = stage().await;
    let amina = stage.person();
    let slow = async { amina.post_once("key-1", THINGS, json!({"name": "patience"})).await };
    let fast = async {
        somebody_waits().await;
        // The slow one is a node that hung: nobody renewed its lease.
        sqlx::query("update kernel.idempotency set lease_until = to_timestamp(0)").execute(&stage.database.owner).await.unwrap();
        let made = amina.post_once("key-1", THINGS, json!({"name": "patience"})).await.ok();
        open_the_gate();
        made
    };
    let (slow, fast) = tokio::join!(slow, fast);
    slow.refused(409, "idempotency_key_in_use");
    assert_eq!(amina.post_once("key-1", THINGS, json!({"name": "patience"})).await.ok(), fast);
    assert_eq!(count_of(&stage, "toy.thing").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn x2_a_living_request_keeps_its_claim_however_long_it_takes() {
    let stage = stage().await;
    let amina = stage.person();
    let long = async { amina.post_once("key-1", THINGS, json!({"name": "patience"})).await };
    let again = async {
        somebody_waits().await;
        a_minute_and_a_heartbeat(&stage, "select lease_until::text from kernel.idempotency").await;
        let again = amina.post_once("key-1", THINGS, json!({"name": "patience"})).await;
        open_the_gate();
        again
    };
    let (long, again) = tokio::join!(long, again);
    again.refused(409, "idempotency_key_in_use");
    assert_eq!(long.status, 201);
}

#[tokio::test]
async fn x2_a_claim_left_by_a_crash_is_taken_over_when_its_lease_has_run_out() {
    let stage = stage().await;
    let amina = stage.person();
    amina.post_once("key-1", THINGS, json!({"name": "lamp"})).await.ok();
    // As a node leaves it that dies between the claim and the effect.
    sqlx::query("update kernel.idempotency set resource = null").execute(&stage.database.owner).await.unwrap();
    sqlx::query("delete from toy.thing").execute(&stage.database.owner).await.unwrap();
    amina.post_once("key-1", THINGS, json!({"name": "lamp"})).await.refused(409, "idempotency_key_in_use");
    stage.advance(Duration::from_secs(5));
    amina.post_once("key-1", THINGS, json!({"name": "lamp"})).await.ok();
    assert_eq!(count_of(&stage, "toy.thing").await, 1);
}

#[tokio::test]
async fn x2_a_money_key_is_kept_for_thirty_days() {
    let stage = stage().await;
    let amina = stage.person();
    let first = amina.post_once("key-1", THINGS, json!({"name": "lamp"})).await.ok();
    stage.advance(Duration::from_hours(24 * 30 - 1));
    assert_eq!(amina.post_once("key-1", THINGS, json!({"name": "lamp"})).await.ok(), first);
    stage.advance(Duration::from_hours(2));
    assert_ne!(amina.post_once("key-1", THINGS, json!({"name": "lamp"})).await.ok(), first);
}

#[tokio::test]
async fn x2_a_key_where_no_money_moves_is_kept_for_a_day() {
    let stage = stage().await;
    let amina = stage.person();
    let copies = "/api/v1/things/thg_00000000000000000000000001/copies";
    let first = amina.post_once("key-1", copies, json!({"name": "lamp"})).await.ok();
    stage.advance(Duration::from_hours(24) - Duration::from_micros(1));
    assert_eq!(amina.post_once("key-1", copies, json!({"name": "lamp"})).await.ok(), first);
    stage.advance(Duration::from_micros(1));
    assert_ne!(amina.post_once("key-1", copies, json!({"name": "lamp"})).await.ok(), first);
}
