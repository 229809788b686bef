//! Work for later: paying out, and starting top-ups.

use std::time::Duration;

use contracts::payment::{PaymentFailed, VerifyLedger};
use testkit::Stage;

use crate::world::{code, deal, hold, must_be_sound, release, somebody_with, stage, text, top_up, wallet};

/// A seller with 950 just released to them.
async fn sold(stage: &Stage) -> testkit::Person {
    let (amina, baraka) = (stage.person(), somebody_with(stage, 1_000).await);
    hold(stage, &deal("ord_1", &baraka, &amina, 1_000)).await.unwrap();
    release(stage, "ord_1").await.unwrap();
    amina
}

#[tokio::test]
async fn m6_pending_payout_matures_after_48_hours_and_not_before() {
    let stage = stage().await;
    let amina = sold(&stage).await;
    stage.advance(Duration::from_hours(48) - Duration::from_micros(1));
    stage.settle().await;
    assert_eq!(wallet(&amina).await, (0, 950));
    let buyer = stage.person();
    assert_eq!(code(hold(&stage, &deal("ord_2", &amina, &buyer, 1)).await), "payment.insufficient_funds");
    stage.advance(Duration::from_micros(1));
    stage.settle().await;
    assert_eq!(wallet(&amina).await, (950, 0));
    let entries = stage.node.ask(VerifyLedger {}).await.unwrap().transactions;
    assert_eq!(entries, 4, "a top-up, a payment, a sale, and now a maturity");
    hold(&stage, &deal("ord_2", &amina, &buyer, 950)).await.unwrap();
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn x4_a_payout_counts_from_its_time_on_however_late_its_job_is() {
    let stage = stage().await;
    let (amina, buyer) = (sold(&stage).await, stage.person());
    stage.advance(Duration::from_hours(50));
    assert_eq!(wallet(&amina).await, (950, 0));
    hold(&stage, &deal("ord_2", &amina, &buyer, 900)).await.unwrap();
    assert!(stage.told::<PaymentFailed>().await.is_empty());
    stage.settle().await;
    assert_eq!(wallet(&amina).await, (50, 0));
    must_be_sound(&stage).await;
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
