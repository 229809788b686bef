//! What providers report.

use axum::{body::Body, http::Request};
use contracts::payment::{PaymentFailed, TopUpSettled};
use data_encoding::HEXLOWER;
use futures_util::future::join_all;
use host::{Keys, Mode};
use serde_json::json;
use testkit::{Reply, Stage};

use super::top_ups::{TOP_UPS, pending, report, seen};
use crate::world::{must_be_sound, stage, wallet, wish};

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
