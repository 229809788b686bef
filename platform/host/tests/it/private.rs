//! The private listener: who may ask, and what a node says that asks us.

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use serde_json::Value;
use testkit::Stage;
use tower::ServiceExt;

use crate::toy::{CountedTimes, stage};

async fn ask(stage: &Stage, name: &str, badge: Option<&str>, body: &str) -> (StatusCode, Value) {
    let mut request = Request::post(format!("/_ask/{name}")).header(header::CONTENT_TYPE, "application/json");
    if let Some(badge) = badge {
        request = request.header(header::AUTHORIZATION, format!("Bearer {badge}"));
    }
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let answer = stage.node.private_router().oneshot(request).await.unwrap();
    let status = answer.status();
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

const NAME: &str = <CountedTimes as kernel::Ask>::NAME;

#[tokio::test]
async fn an_ask_is_answered_with_the_answer_or_the_fault_as_the_neighbour_has_it() {
    let stage = stage().await;
    let badge = stage.node.badge("elsewhere").unwrap();
    let body = "{\"deadline_ms\": 1000, \"body\": {\"name\": \"lamp\"}}";
    assert_eq!(ask(&stage, NAME, Some(&badge), body).await, (StatusCode::OK, serde_json::json!({"ok": 0})));
    let (status, answer) = ask(&stage, NAME, Some(&badge), &body.replace("lamp", "refused")).await;
    assert_eq!(
        (status, &answer["fault"]["code"], &answer["fault"]["kind"]),
        (StatusCode::OK, &"toy.refused".into(), &"conflict".into())
    );
    let (_, answer) = ask(&stage, NAME, Some(&badge), &body.replace("lamp", "slow").replace("1000", "20")).await;
    assert_eq!(answer["fault"]["kind"], "unavailable", "past its caller's deadline an ask is given up");
}

#[tokio::test]
async fn who_has_no_badge_asks_nothing_and_what_is_no_ask_is_refused() {
    let stage = stage().await;
    let (badge, body) = (stage.node.badge("elsewhere").unwrap(), "{\"deadline_ms\": 1000, \"body\": {\"name\": \"lamp\"}}");
    let token = stage.person().token.unwrap();
    for odd in [None, Some("nonsense"), Some(token.as_str())] {
        assert_eq!(ask(&stage, NAME, odd, body).await.0, StatusCode::UNAUTHORIZED, "{odd:?}");
    }
    assert_eq!(ask(&stage, "toy.nothing.v1", Some(&badge), body).await.0, StatusCode::NOT_FOUND);
    assert_eq!(ask(&stage, NAME, Some(&badge), "{").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let large = format!("{{\"deadline_ms\": 1000, \"body\": \"{}\"}}", "x".repeat(2 << 20));
    assert_eq!(ask(&stage, NAME, Some(&badge), &large).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    stage.advance(std::time::Duration::from_mins(1));
    assert_eq!(ask(&stage, NAME, Some(&badge), body).await.0, StatusCode::UNAUTHORIZED, "a badge is good for a minute");
}

#[tokio::test]
async fn the_public_listener_answers_no_ask_and_takes_no_badge() {
    let stage = stage().await;
    let request = Request::post(format!("/_ask/{NAME}")).body(Body::from("{}")).unwrap();
    stage.anonymous().send(request).await.refused(404, "not_found");
    let badge = stage.node.badge("elsewhere").unwrap();
    stage.bearer(stage.id(), &badge).get("/api/v1/things/thg_1").await.refused(401, "invalid_token");
}
