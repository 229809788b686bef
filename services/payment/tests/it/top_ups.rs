//! Topping up, and what providers call back.

use axum::{body::Body, http::Request};
use contracts::payment::{PaymentFailed, PaymentSucceeded, Purpose, TopUpSettled};
use data_encoding::HEXLOWER;
use futures_util::future::join_all;
use host::{Keys, Mode};
use serde_json::{Value, json};
use testkit::{Person, Reply, Stage};

use crate::{must_be_sound, stage, text, top_up, tzs, wallet, wish};

const TOP_UPS: &str = "/api/v1/wallet/top-ups";
const SANDBOX: &str = "/api/v1/webhooks/sandbox";

/// As the sandbox signs: the key every test's stage derives from its fixed master key.
fn signature(body: &str) -> String {
    HEXLOWER.encode(&Keys::from_master([7; 32]).hash("payment.provider.sandbox", body.as_bytes()))
}

async fn call_back(stage: &Stage, path: &str, signature: Option<&str>, body: &str) -> Reply {
    let request = Request::post(path);
    let request = if let Some(signature) = signature { request.header("x-sandbox-signature", signature) } else { request };
    stage.anonymous().send(request.body(Body::from(body.to_owned())).unwrap()).await
}

/// A pending top-up of 5,000 units, and the report that settles it.
async fn pending(stage: &Stage) -> (Person, String, String) {
    let amina = stage.person();
    let opened = amina.post(TOP_UPS, wish(5_000)).await;
    assert_eq!((opened.status.as_u16(), &opened.json["status"]), (202, &json!("pending")));
    let id = text(&opened.json["id"]).to_owned();
    let body = report(&id, "succeeded", 5_000);
    (amina, id, body)
}

fn report(id: &str, status: &str, minor: i64) -> String {
    json!({"reference": id, "status": status, "amount": {"minor": minor, "currency": "TZS"}}).to_string()
}

async fn seen(person: &Person, id: &str) -> (Value, Value) {
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
async fn m5_a_forged_callback_is_refused_and_credits_nothing() {
    let stage = stage().await;
    let (amina, id, body) = pending(&stage).await;
    let more = report(&id, "succeeded", 6_000);
    for forged in [None, Some(""), Some("00"), Some(&*signature(&more)), Some(&*signature(&body).to_uppercase())] {
        call_back(&stage, SANDBOX, forged, &body).await.refused(401, "payment.webhook_signature");
    }
    assert_eq!((seen(&amina, &id).await.0, wallet(&amina).await), (json!("pending"), (0, 0)));
}

#[tokio::test]
async fn m5_a_callback_signed_under_the_old_master_key_counts_until_that_is_dropped() {
    let new = Keys::from_master([8; 32]);
    let with = |keys: Keys| Stage::of(payment::service()).with(|config| config.keys = keys);
    let stage = with(new.clone().accepting([[7; 32]])).start().await;
    let (amina, _, body) = pending(&stage).await;
    let late = call_back(&with(new).beside(&stage), SANDBOX, Some(&signature(&body)), &body).await;
    late.refused(401, "payment.webhook_signature");
    assert_eq!(call_back(&stage, SANDBOX, Some(&signature(&body)), &body).await.status, 204);
    assert_eq!(wallet(&amina).await, (5_000, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn m5_a_callback_repeated_twenty_times_at_once_credits_once() {
    let stage = stage().await;
    let (amina, _, body) = pending(&stage).await;
    let signed = signature(&body);
    let replies = join_all((0..20).map(|_| call_back(&stage, SANDBOX, Some(&signed), &body))).await;
    assert!(replies.iter().all(|reply| reply.status == 204), "{replies:?}");
    stage.settle().await;
    assert_eq!((wallet(&amina).await, stage.told::<TopUpSettled>().await.len()), ((5_000, 0), 1));
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn m5_a_wrong_amount_credits_nothing_and_is_told() {
    let stage = stage().await;
    let (amina, id, body) = pending(&stage).await;
    let less = report(&id, "succeeded", 4_999);
    assert_eq!(call_back(&stage, SANDBOX, Some(&signature(&less)), &less).await.status, 204);
    // What comes afterwards, right or wrong, changes nothing any more.
    assert_eq!(call_back(&stage, SANDBOX, Some(&signature(&body)), &body).await.status, 204);
    stage.settle().await;
    assert_eq!(seen(&amina, &id).await, (json!("failed"), json!("payment.amount_mismatch")));
    let told = stage.told::<PaymentFailed>().await;
    assert_eq!((told.len(), told[0].reason.as_str(), wallet(&amina).await), (1, "payment.amount_mismatch", (0, 0)));
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn m5_callbacks_that_name_nothing_or_say_nothing_are_refused() {
    let stage = stage().await;
    let (_, _, body) = pending(&stage).await;
    for reference in ["top_00000000000000000000000001", "nothing"] {
        let unknown = report(reference, "succeeded", 5_000);
        call_back(&stage, SANDBOX, Some(&signature(&unknown)), &unknown).await.refused(404, "not_found");
    }
    call_back(&stage, SANDBOX, Some(&signature("{}")), "{}").await.refused(400, "payment.webhook_body");
    call_back(&stage, "/api/v1/webhooks/mpesa", Some(&signature(&body)), &body).await.refused(404, "not_found");
    let huge = "x".repeat((1 << 20) + 1);
    call_back(&stage, SANDBOX, Some(&signature(&huge)), &huge).await.refused(413, "body_too_large");
}

#[tokio::test]
async fn m5_outside_development_mode_there_is_no_sandbox() {
    let stage = Stage::of(payment::service()).with(|config| config.mode = Mode::Production).start().await;
    let body = report("top_00000000000000000000000001", "succeeded", 5_000);
    call_back(&stage, SANDBOX, Some(&signature(&body)), &body).await.refused(404, "not_found");
    let refused = stage.person().post(TOP_UPS, wish(5_000)).await;
    refused.refused(422, "invalid");
    assert_eq!(refused.json["errors"][0]["code"], "payment.method_unavailable");
}

#[tokio::test]
async fn m5_the_sandbox_fails_lies_repeats_and_keeps_silent_as_its_script_says() {
    let stage = stage().await;
    let amina = stage.person();
    let mut ended = Vec::new();
    for minor in [1_001, 1_002, 1_003, 1_004] {
        let seen = top_up(&stage, &amina, minor).await;
        ended.push((text(&seen["status"]).to_owned(), seen["reason"].as_str().unwrap_or_default().to_owned()));
    }
    let expected = [("failed", "payment.declined"), ("failed", "payment.amount_mismatch"), ("settled", ""), ("pending", "")];
    assert_eq!(ended, expected.map(|(status, reason)| (status.to_owned(), reason.to_owned())));
    assert_eq!(wallet(&amina).await, (1_003, 0));
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
