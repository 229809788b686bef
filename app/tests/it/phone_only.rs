//! The core loop of two people who have a phone and no e-mail (X15): everything they need reaches them by SMS.

use serde_json::{Value, json};
use testkit::Person;

use crate::{
    market::{Stall, check_out, code_for, open, pay, stall_of, text, top_up, wallet},
    split::Split,
    world::World,
};

const AMINA: &str = "+255712000001";
const BARAKA: &str = "+255754000002";

#[tokio::test(flavor = "multi_thread")]
async fn x15_two_people_with_nothing_but_a_phone_sell_and_buy_in_one_process() {
    the_whole_loop(&open().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn x15_two_people_with_nothing_but_a_phone_sell_and_buy_in_three_processes() {
    the_whole_loop(&Split::open().await).await;
}

async fn the_whole_loop(stage: &impl World) {
    // Amina sells, Baraka follows her and finds her post.
    let amina = sign_up(stage, AMINA, "amina").await;
    let stall = stall_of(stage, amina, "amina", 3).await;
    sign_up(stage, BARAKA, "baraka").await;
    let baraka = log_in(stage, BARAKA).await;
    assert_eq!(baraka.put(&format!("/api/v1/users/{}/follow", stall.seller.id)).await.status, 204);
    stage.settle().await;
    assert_eq!(baraka.get("/api/v1/feed?tab=following").await.ok()["items"][0]["id"], json!(stall.post));

    // One order is called off and its money comes back; another is handed over, with the code of the newest SMS.
    top_up(stage, &baraka, 2_500_000).await;
    let cancelled = pay(stage, &baraka, &check_out(&baraka, &stall).await).await;
    baraka.post(&format!("/api/v1/orders/{cancelled}/cancel"), json!({})).await.ok();
    stage.settle().await;
    assert_eq!(wallet(&baraka).await.0, 2_500_000);
    let order = format!("/api/v1/orders/{}", pay(stage, &baraka, &check_out(&baraka, &stall).await).await);
    hand_over(stage, &baraka, &stall, &order).await;
    assert_eq!((wallet(&baraka).await.0, wallet(&stall.seller).await), (1_250_000, (0, 1_187_500)));
    let amina = log_in(stage, AMINA).await;
    assert_eq!(amina.get("/api/v1/orders?role=seller").await.ok()["items"].as_array().unwrap().len(), 2);

    // Each SMS once, and to the right phone; oldest first.
    let templates = |to: &str, sent: &[Value]| -> Vec<String> {
        let theirs = sent.iter().rev().filter(|sent| sent["to"] == to);
        theirs.map(|sent| text(&sent["template"]).to_owned()).collect()
    };
    let sent = everything_sent(stage).await;
    assert_eq!(
        sorted(templates(BARAKA, &sent)),
        [
            "auth.code_login.v1",
            "auth.code_register.v1",
            "commerce.handover_code.v1",
            "commerce.handover_code.v1",
            "payment.payment_successful.order.v1",
            "payment.payment_successful.order.v1",
            "payment.payment_successful.top_up.v1",
            "payment.refund_processed.v1",
        ]
    );
    assert_eq!(sorted(templates(AMINA, &sent)), ["auth.code_login.v1", "auth.code_register.v1", "payment.escrow_released.v1"]);
    assert!(sent.iter().all(|sent| sent["channel"] == "sms" && sent["subject"].is_null()), "nothing waited for an e-mail");
    assert_eq!(sent.len(), 11);
    stage.must_be_sound().await;
}

/// The goods are sent; the buyer's phone has the code, a lost one is made anew, and the newest opens the money's way.
async fn hand_over(stage: &impl World, buyer: &Person, stall: &Stall, order: &str) {
    stall.seller.post(&format!("{order}/ship"), json!({"carrier": "Bus", "tracking": "T 123 ABC"})).await.ok();
    stage.settle().await;
    let first = code_for(stage, BARAKA).await;
    assert_eq!(buyer.get(order).await.ok()["handover_code"], json!(first));
    buyer.post(&format!("{order}/handover-code"), json!({})).await.ok();
    let code = code_for(stage, BARAKA).await;
    assert_eq!(buyer.get(order).await.ok()["handover_code"], json!(code));
    let newest = everything_sent(stage).await.remove(0);
    let said = format!(
        "Kitenge dress from Amina Fabrics is on its way. Hand-over code: {code}. Give it only with the goods in your hand."
    );
    assert_eq!((&newest["to"], &newest["body"]), (&json!(BARAKA), &json!(said)));
    stall.seller.post(&format!("{order}/deliver"), json!({"handover_code": code})).await.ok();
    stage.settle().await;
    assert_eq!(buyer.get(order).await.ok()["status"], "completed");
}

async fn sign_up(stage: &impl World, phone: &str, name: &str) -> Person {
    let body = json!({"phone": phone, "display_name": name, "birth_date": "1994-05-17", "username": name});
    let flow = stage.anonymous().post("/api/v1/auth/register", body).await.ok();
    verified(stage, phone, &flow).await
}

async fn log_in(stage: &impl World, phone: &str) -> Person {
    let flow = stage.anonymous().post("/api/v1/auth/login/code", json!({"identifier": phone})).await.ok();
    verified(stage, phone, &flow).await
}

/// Types in the code of the newest SMS.
async fn verified(stage: &impl World, phone: &str, flow: &Value) -> Person {
    let body = json!({"flow_id": flow["flow_id"], "code": code_for(stage, phone).await});
    let tokens = stage.anonymous().post("/api/v1/auth/verify", body).await.ok();
    stage.settle().await;
    stage.bearer(text(&tokens["user_id"]).parse().expect("a user id"), text(&tokens["access_token"]))
}

/// Newest first.
async fn everything_sent(stage: &impl World) -> Vec<Value> {
    stage.anonymous().get("/dev/outbox").await.ok()["items"].as_array().expect("a list").clone()
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort_unstable();
    names
}
