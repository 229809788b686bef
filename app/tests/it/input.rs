//! Bad input on every route there is: a clear problem each time, never a 5xx, nothing half-done.

pub mod document;
mod estate;
mod examples;
mod fields;
mod ids;
mod table;
mod walk;

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use testkit::{Reply, Stage};

use self::document::{Route, routes};
use crate::market::{check_out, open, sign_up, stall, text, top_up, wallet};

/// The answer must be a problem between 400 and 499.
#[track_caller]
fn must_refuse(route: &Route, what: &str, reply: &Reply) {
    let status = reply.status.as_u16();
    assert!((400..500).contains(&status), "{} {} with {what}: {status} {}", route.method, route.path, reply.text);
    assert_eq!(reply.headers["content-type"], "application/problem+json", "{} {} with {what}", route.method, route.path);
    assert!(reply.json["code"].is_string() && reply.json["detail"].is_string(), "{}", reply.text);
}

#[tokio::test]
async fn x8_every_route_refuses_a_body_that_cannot_be_read() {
    let stage = open().await;
    let amina = stage_admin(&stage).await;
    let huge = format!("{{\"x\":\"{}\"}}", "x".repeat(2 << 20));
    for route in routes(&stage).await.iter().filter(|route| route.body.is_some()) {
        let bodies = ["{\"", "[]", "null", "7", "\"text\"", "{} {}", huge.as_str(), "\u{0}"];
        for (number, body) in bodies.into_iter().enumerate() {
            let key = format!("key-{number}");
            let reply = amina.call(route.method.clone(), &route.path, Some(&key), Some(body.to_owned())).await;
            must_refuse(route, &body[..body.len().min(20)], &reply);
        }
    }
}

#[tokio::test]
async fn x8_a_text_with_a_zero_character_is_refused() {
    let stage = open().await;
    let amina = sign_up(&stage, "amina").await;
    amina.patch("/api/v1/users/me", json!({"bio": "a\u{0}b"})).await.refused(422, "invalid");
    amina.get("/api/v1/users/a%00b").await.refused(422, "unreadable_text");
    let shop = json!({"name": "a\u{0}b", "handle": "amina_shop"});
    assert_eq!(amina.post("/api/v1/shops", shop).await.status, 422);
    assert_eq!(amina.post("/api/v1/posts", json!({"type": "standard", "text": "a\u{0}b"})).await.status, 422);
}

#[tokio::test]
async fn every_route_that_is_not_public_asks_who_is_there() {
    let stage = open().await;
    let amina = sign_up(&stage, "amina").await;
    let routes = routes(&stage).await;
    for route in routes.iter().filter(|route| !route.is_public) {
        let reply = stage.anonymous().call(route.method.clone(), &route.path, Some("key"), Some("{}".into())).await;
        assert_eq!(reply.status, 401, "{} {}: {}", route.method, route.path, reply.text);
    }
    stage.advance(Duration::from_secs(601));
    for route in &routes {
        let reply = amina.call(route.method.clone(), &route.path, Some("key"), Some("{}".into())).await;
        reply.refused(401, "token_expired");
    }
}

#[tokio::test]
async fn x1_money_that_is_none_is_refused_everywhere_it_can_be_sent() {
    let stage = open().await;
    let amina = sign_up(&stage, "amina").await;
    let shop = amina.post("/api/v1/shops", json!({"name": "Shop", "handle": "amina_shop"})).await.ok();
    let products = format!("/api/v1/shops/{}/products", text(&shop["id"]));
    let odd = [
        json!({"minor": -1, "currency": "TZS"}),
        json!({"minor": 0, "currency": "TZS"}),
        json!({"minor": 9_223_372_036_854_775_807_i64, "currency": "TZS"}),
        json!({"minor": 1e30, "currency": "TZS"}),
        json!({"minor": 10.5, "currency": "TZS"}),
        json!({"minor": "100", "currency": "TZS"}),
        json!({"minor": 100, "currency": "XXQ"}),
        json!({"minor": 100, "currency": "tzs "}),
        json!({"minor": 100}),
        json!(100),
    ];
    for amount in odd {
        let top_up = json!({"amount": amount, "method": "sandbox"});
        let reply = amina.post("/api/v1/wallet/top-ups", top_up).await;
        assert_eq!(reply.status, 422, "{amount}: {}", reply.text);
        assert!(reply.json["errors"][0]["pointer"].as_str().unwrap().starts_with("/amount"), "{}", reply.text);
        let product = json!({"name": "Thing", "description": "", "kind": "physical", "price": amount, "stock": 1});
        let reply = amina.post(&products, product).await;
        assert_eq!(reply.status, 422, "{amount}: {}", reply.text);
    }
    stage.settle().await;
    assert_eq!(wallet(&amina).await, (0, 0));
}

#[tokio::test]
async fn x2_every_route_that_takes_a_key_wants_one() {
    let stage = open().await;
    let amina = sign_up(&stage, "amina").await;
    let routes = routes(&stage).await;
    let keyed: Vec<&Route> = routes.iter().filter(|route| route.takes_key).collect();
    assert!(keyed.len() >= 8, "{} routes with a key", keyed.len());
    for route in keyed {
        let reply = amina.call(route.method.clone(), &route.path, None, Some("{}".into())).await;
        reply.refused(400, "idempotency_key_required");
    }
}

#[tokio::test]
async fn x2_money_stock_and_seats_want_an_idempotency_key_and_take_it_once() {
    let stage = open().await;
    let stall = stall(&stage, "amina", 5).await;
    let buyer = sign_up(&stage, "baraka").await;
    top_up(&stage, &buyer, 2_500_000).await;
    let path = "/api/v1/checkouts";
    let body = json!({"source": {"variant_id": stall.variant, "quantity": 1},
        "shipping": {"address": {"name": "Baraka", "phone": "+255712000001", "region": "Dar es Salaam", "district": "Ilala"}}});
    buyer.call(Method::POST, path, None, Some(body.to_string())).await.refused(400, "idempotency_key_required");
    buyer.post_once("a key with spaces", path, body.clone()).await.refused(400, "idempotency_key_invalid");
    let first = buyer.post_once("key-1", path, body.clone()).await.ok();
    let again = buyer.post_once("key-1", path, body).await.ok();
    assert_eq!(first["id"], again["id"]);
    let other = json!({"source": {"variant_id": stall.variant, "quantity": 2}});
    buyer.post_once("key-1", path, other).await.refused(422, "idempotency_key_reused");
    let pay = format!("/api/v1/checkouts/{}/pay", text(&first["id"]));
    let method = json!({"method": "wallet"});
    buyer.call(Method::POST, &pay, None, Some(method.to_string())).await.refused(400, "idempotency_key_required");
    for _ in 0..3 {
        buyer.post_once("key-2", &pay, method.clone()).await.ok();
    }
    assert_eq!(wallet(&buyer).await.0, 1_250_000);
    // Somebody else's key is somebody else's.
    let chiku = sign_up(&stage, "chiku").await;
    chiku.post_once("key-2", &pay, method).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_failed_payment_can_be_tried_again_with_the_same_key() {
    let stage = open().await;
    let stall = stall(&stage, "amina", 1).await;
    let buyer = sign_up(&stage, "baraka").await;
    let checkout = check_out(&buyer, &stall).await;
    let pay = format!("/api/v1/checkouts/{}/pay", text(&checkout["id"]));
    let method = json!({"method": "wallet"});
    buyer.post_once("key-1", &pay, method.clone()).await.refused(409, "payment.insufficient_funds");
    top_up(&stage, &buyer, 1_250_000).await;
    assert_eq!(buyer.post_once("key-1", &pay, method).await.ok()["status"], "paid");
    assert_eq!(wallet(&buyer).await.0, 0);
}

/// Somebody who may also do what admins do, so that no route hides behind a role.
pub async fn stage_admin(stage: &Stage) -> testkit::Person {
    let amina = sign_up(stage, "amina").await;
    let grant = contracts::auth::GrantRole { who: amina.id.to_string(), role: kernel::Role::Admin };
    stage.node.ask(grant).await.unwrap();
    crate::market::log_in(stage, "amina").await
}
