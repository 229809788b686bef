//! Topping up.

use contracts::payment::{PaymentSucceeded, Purpose, TopUpSettled};
use futures_util::future::join_all;
use serde_json::{Value, json};
use testkit::{Person, Stage};

use crate::world::{must_be_sound, stage, text, tzs, wallet, wish};

pub const TOP_UPS: &str = "/api/v1/wallet/top-ups";

/// A pending top-up of 5,000 units, and the report that settles it.
pub async fn pending(stage: &Stage) -> (Person, String, String) {
    let amina = stage.person();
    let opened = amina.post(TOP_UPS, wish(5_000)).await;
    assert_eq!((opened.status.as_u16(), &opened.json["status"]), (202, &json!("pending")));
    let id = text(&opened.json["id"]).to_owned();
    let body = report(&id, "succeeded", 5_000);
    (amina, id, body)
}

pub fn report(id: &str, status: &str, minor: i64) -> String {
    json!({"reference": id, "status": status, "amount": {"minor": minor, "currency": "TZS"}}).to_string()
}

pub async fn seen(person: &Person, id: &str) -> (Value, Value) {
    let mut seen = person.get(&format!("{TOP_UPS}/{id}")).await.ok();
    (seen["status"].take(), seen["reason"].take())
}

#[tokio::test]
async fn m4_money_from_outside_lands_in_the_wallet_and_is_told() {
    let stage = stage().await;
    let (amina, id, _) = pending(&stage).await;
    assert_eq!(wallet(&amina).await, (0, 0));
    stage.settle().await;
    assert_eq!((seen(&amina, &id).await.0, wallet(&amina).await), (json!("settled"), (5_000, 0)));
    let settled = stage.told::<TopUpSettled>().await.remove(0);
    assert_eq!((settled.top_up.to_string(), settled.user, settled.amount), (id.clone(), amina.id, tzs(5_000)));
    let paid = stage.told::<PaymentSucceeded>().await.remove(0);
    assert_eq!((paid.payer, paid.purpose, paid.reference, paid.amount), (amina.id, Purpose::TopUp, id, tzs(5_000)));
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn x2_a_top_up_replayed_with_its_key_is_the_same_top_up() {
    let stage = stage().await;
    let amina = stage.person();
    let first = amina.post_once("key-1", TOP_UPS, wish(5_000)).await.ok();
    let again = amina.post_once("key-1", TOP_UPS, wish(5_000)).await.ok();
    assert_eq!(first, again);
    amina.post_once("key-1", TOP_UPS, wish(6_000)).await.refused(422, "idempotency_key_reused");
    amina
        .call(axum::http::Method::POST, TOP_UPS, None, Some(wish(5_000).to_string()))
        .await
        .refused(400, "idempotency_key_required");
    stage.settle().await;
    assert_eq!(wallet(&amina).await, (5_000, 0));
}

#[tokio::test]
async fn x8_a_top_up_that_makes_no_sense_is_refused_field_by_field() {
    let stage = stage().await;
    let amina = stage.person();
    let money = |minor: Value, currency: &str| json!({"amount": {"minor": minor, "currency": currency}, "method": "sandbox"});
    for (body, code, pointer) in [
        (money(json!(0), "TZS"), "must_be_positive", "/amount/minor"),
        (money(json!(-5), "TZS"), "must_be_positive", "/amount/minor"),
        (money(json!(500_000_001), "TZS"), "payment.top_up_too_large", "/amount/minor"),
        (money(json!(5), "USD"), "payment.currency_unsupported", "/amount/currency"),
        (money(json!(5), "XXX"), "wrong_type", "/amount/currency"),
        (money(json!(0.5), "TZS"), "wrong_type", "/amount/minor"),
        (json!({"amount": {"minor": 5, "currency": "TZS"}, "method": "cash"}), "wrong_type", "/method"),
    ] {
        let refused = amina.post(TOP_UPS, body).await;
        refused.refused(422, "invalid");
        let error = &refused.json["errors"][0];
        assert_eq!((&error["code"], &error["pointer"]), (&json!(code), &json!(pointer)), "{}", refused.text);
    }
    let count = sqlx::query_scalar::<_, i64>("select count(*) from payment.top_up");
    assert_eq!(count.fetch_one(&stage.database.owner).await.unwrap(), 0);
}

#[tokio::test]
async fn a_top_up_is_its_owners_alone() {
    let stage = stage().await;
    let (_, id, _) = pending(&stage).await;
    stage.person().get(&format!("{TOP_UPS}/{id}")).await.refused(404, "not_found");
    stage.anonymous().get(&format!("{TOP_UPS}/{id}")).await.refused(401, "unauthenticated");
    stage.anonymous().post(TOP_UPS, wish(5_000)).await.refused(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn x2_thirty_top_ups_with_one_key_are_one() {
    let stage = stage().await;
    let amina = stage.person();
    let calls = (0..30).map(|_| amina.post_once("key-1", TOP_UPS, wish(1_000)));
    for reply in join_all(calls).await {
        assert!(reply.status == 202 || reply.json["code"] == "idempotency_key_in_use", "{}", reply.text);
    }
    stage.settle().await;
    assert_eq!(wallet(&amina).await, (1_000, 0));
    let lines = amina.get("/api/v1/wallet/transactions").await.ok();
    assert_eq!(lines["items"].as_array().unwrap().iter().map(|line| text(&line["type"])).collect::<Vec<_>>(), ["top_up"]);
}
