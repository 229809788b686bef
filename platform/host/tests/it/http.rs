//! X8: whatever comes in, a clear answer goes out.

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use serde_json::json;
use testkit::Stage;

use crate::toy::{count_of, service, stage};

const THINGS: &str = "/api/v1/things";

#[tokio::test]
async fn x8_bad_bodies_get_a_clear_refusal_and_leave_nothing() {
    let stage = stage().await;
    let amina = stage.person();
    let post = |body: &str| amina.call(Method::POST, THINGS, Some("key-1"), Some(body.to_owned()));
    post("{\"name\":").await.refused(400, "malformed_json");
    post("[]x").await.refused(400, "malformed_json");
    for body in ["{}", "{\"name\":7}", "{\"name\":\"\"}", "[]", "null", "{\"name\":\"a name that is much too long\"}"] {
        post(body).await.refused(422, "invalid");
    }
    post(&format!("{{\"name\":\"{}\"}}", "x".repeat(2 << 20))).await.refused(413, "body_too_large");
    assert_eq!(count_of(&stage, "toy.thing").await, 0);
    post("{\"name\":\"lamp\"}").await.ok();
}

#[tokio::test]
async fn x8_unknown_routes_methods_types_and_ids_are_problems_too() {
    let stage = stage().await;
    let amina = stage.person();
    amina.get("/api/v1/nothing").await.refused(404, "not_found");
    amina.delete(THINGS).await.refused(405, "method_not_allowed");
    amina.get("/api/v1/things/thg_nonsense").await.refused(404, "not_found");
    amina.get("/api/v1/things/%ff").await.refused(404, "not_found");
    let form = Request::post(THINGS)
        .header(header::CONTENT_TYPE, "text/plain")
        .header(header::AUTHORIZATION, format!("Bearer {}", amina.token.clone().unwrap()))
        .header("idempotency-key", "key-1");
    amina.send(form.body(Body::from("name=lamp")).unwrap()).await.refused(415, "unsupported_media_type");
}

#[tokio::test]
async fn x8_a_bad_token_is_refused_everywhere() {
    let stage = stage().await;
    let amina = stage.person();
    let token = amina.token.clone().unwrap();
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.e30.";
    for bad in [none, "x", &token[..token.len() - 4], &format!("{token}x")] {
        stage.bearer(amina.id, bad).get(THINGS).await.refused(401, "invalid_token");
    }
    stage.clock.advance(std::time::Duration::from_hours(24 * 366));
    amina.get("/api/v1/things/thg_00000000000000000000000001").await.refused(401, "token_expired");
    stage.anonymous().post(THINGS, json!({"name": "lamp"})).await.refused(401, "unauthenticated");
    // This one asks for nobody itself: the layer in front of all writes refuses.
    stage.anonymous().post("/api/v1/fall", json!({})).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a3_a_token_of_ours_for_somebody_else_is_refused() {
    let stage = stage().await;
    let path = "/api/v1/things/thg_00000000000000000000000001";
    stage.forged(|_| ()).get(path).await.refused(404, "not_found");
    stage.forged(|claims| claims.aud = "elsewhere".into()).get(path).await.refused(401, "invalid_token");
    stage.forged(|claims| claims.iss = "http://elsewhere.test".into()).get(path).await.refused(401, "invalid_token");
    stage.forged(|claims| claims.exp = claims.iat).get(path).await.refused(401, "token_expired");
}

#[tokio::test]
async fn a_panicking_handler_is_a_500_that_says_nothing() {
    let stage = stage().await;
    let reply = stage.person().post("/api/v1/fall", json!({})).await;
    reply.refused(500, "internal");
    assert!(!reply.text.contains("as it should"));
}

#[tokio::test]
async fn overload_and_slowness_are_503_with_retry_after() {
    let stage = Stage::of(service()).with(|config| config.limits.in_flight = 0).start().await;
    let shed = stage.person().get(THINGS).await;
    shed.refused(503, "unavailable");
    assert_eq!(shed.headers.get(header::RETRY_AFTER).unwrap(), "1");
    assert_eq!(stage.anonymous().get("/healthz").await.text, "ok");
    let stage = Stage::of(service()).with(|config| config.limits.request_seconds = 0).start().await;
    stage.person().get("/api/v1/slow").await.refused(503, "unavailable");
}

#[tokio::test]
async fn every_answer_carries_a_request_id_and_keeps_a_sensible_one() {
    let stage = stage().await;
    let ask = |id: &str| Request::get("/healthz").header("x-request-id", id).body(Body::empty()).unwrap();
    let kept = stage.anonymous().send(ask("11112222-3333")).await;
    assert_eq!(kept.headers.get("x-request-id").unwrap(), "11112222-3333");
    let replaced = stage.anonymous().send(ask("has spaces and; more")).await;
    assert_eq!(replaced.headers.get("x-request-id").unwrap().len(), 36);
}

#[tokio::test]
async fn a_node_says_whether_it_is_well_and_what_can_be_called() {
    let stage = stage().await;
    stage.anonymous().get("/").await.refused(404, "not_found");
    assert_eq!(stage.anonymous().get("/readyz").await.text, "ready");
    let document = stage.anonymous().get("/openapi.json").await.ok();
    assert!(document["paths"]["/api/v1/things"]["post"]["responses"]["default"].is_object());
    let viewer = stage.anonymous().get("/docs/").await;
    assert_eq!(viewer.status, 200);
    assert!(!viewer.text.contains("https://"), "the viewer loads nothing from elsewhere");
}
