//! What neighbours ask: holding, releasing, refunding.

use std::time::Duration;

use contracts::payment::{EscrowHeld, EscrowReleased, PaymentFailed, PaymentSucceeded, Purpose, RefundProcessed, Settled};
use kernel::{Currency, Money};

use crate::world::{code, deal, hold, must_be_sound, refund, release, somebody_with, stage, top_up, tzs, wallet};

#[tokio::test]
async fn m6_money_is_held_released_less_the_fee_and_told() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 2_000_000).await);
    let held = hold(&stage, &deal("ord_1", &baraka, &amina, 1_250_000)).await.unwrap();
    assert_eq!((held.fee, wallet(&baraka).await, wallet(&amina).await), (tzs(62_500), (750_000, 0), (0, 0)));
    assert_eq!(release(&stage, "ord_1").await.unwrap(), Settled { amount: Some(tzs(1_187_500)) });
    assert_eq!((wallet(&baraka).await, wallet(&amina).await), ((750_000, 0), (0, 1_187_500)));
    let told = stage.told::<EscrowHeld>().await.remove(0);
    assert_eq!((told.escrow, told.payer, told.payee, told.amount), (held.escrow, baraka.id, amina.id, tzs(1_250_000)));
    let told = stage.told::<EscrowReleased>().await.remove(0);
    assert_eq!((told.escrow, told.payee, told.amount, told.fee), (held.escrow, amina.id, tzs(1_187_500), tzs(62_500)));
    let paid = stage.told::<PaymentSucceeded>().await.pop().unwrap();
    assert_eq!((paid.payer, paid.purpose, paid.reference.as_str()), (baraka.id, Purpose::Order, "ord_1"));
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn m6_every_command_repeated_answers_the_same_and_moves_nothing_more() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 3_000).await);
    let (first, second) = (deal("ord_1", &baraka, &amina, 1_000), deal("ord_2", &baraka, &amina, 2_000));
    let held = hold(&stage, &first).await.unwrap();
    assert_eq!(hold(&stage, &first).await.unwrap(), held);
    hold(&stage, &second).await.unwrap();
    let released = release(&stage, "ord_1").await.unwrap();
    assert_eq!((release(&stage, "ord_1").await.unwrap(), hold(&stage, &first).await.unwrap()), (released, held));
    let refunded = refund(&stage, "ord_2").await.unwrap();
    assert_eq!(refund(&stage, "ord_2").await.unwrap(), refunded);
    assert_eq!((wallet(&baraka).await, wallet(&amina).await), ((2_000, 0), (0, 950)));
    let told = (stage.told::<EscrowHeld>().await.len(), stage.told::<EscrowReleased>().await.len());
    assert_eq!((told, stage.told::<RefundProcessed>().await.len()), ((2, 1), 1));
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn m6_the_other_end_of_a_closed_escrow_is_refused() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 3_000).await);
    let (first, second) = (deal("ord_1", &baraka, &amina, 1_000), deal("ord_2", &baraka, &amina, 2_000));
    hold(&stage, &first).await.unwrap();
    hold(&stage, &second).await.unwrap();
    release(&stage, "ord_1").await.unwrap();
    refund(&stage, "ord_2").await.unwrap();
    assert_eq!(code(refund(&stage, "ord_1").await), "payment.escrow_closed");
    assert_eq!(code(release(&stage, "ord_2").await), "payment.escrow_closed");
    // Whoever hears "held" hands over goods: after a refund that would be wrong.
    assert_eq!(code(hold(&stage, &second).await), "payment.escrow_closed");
    assert_eq!(code(release(&stage, "ord_3").await), "not_found");
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn m6_a_reference_refunded_before_it_was_held_can_never_be_held() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 1_000).await);
    for _ in 0..2 {
        assert_eq!(refund(&stage, "ord_1").await.unwrap(), Settled { amount: None });
    }
    assert_eq!(code(hold(&stage, &deal("ord_1", &baraka, &amina, 1_000)).await), "payment.escrow_closed");
    assert_eq!(code(release(&stage, "ord_1").await), "payment.escrow_closed");
    assert_eq!((wallet(&baraka).await, stage.told::<RefundProcessed>().await.len()), ((1_000, 0), 0));
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn a_reference_stands_for_one_deal() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 5_000).await);
    let first = deal("ord_1", &baraka, &amina, 1_000);
    hold(&stage, &first).await.unwrap();
    for other in [deal("ord_1", &baraka, &amina, 1_001), deal("ord_1", &amina, &baraka, 1_000)] {
        assert_eq!(code(hold(&stage, &other).await), "payment.reference_reused");
    }
    assert_eq!(wallet(&baraka).await, (4_000, 0));
}

#[tokio::test]
async fn x5_nobody_spends_what_they_do_not_have_is_told_once_and_may_try_again() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 999).await);
    let wish = deal("ord_1", &baraka, &amina, 1_000);
    for _ in 0..3 {
        assert_eq!(code(hold(&stage, &wish).await), "payment.insufficient_funds");
    }
    let told = stage.told::<PaymentFailed>().await;
    assert_eq!((told.len(), told[0].reason.as_str(), told[0].amount), (1, "payment.insufficient_funds", tzs(1_000)));
    assert_eq!(code(hold(&stage, &deal("ord_2", &amina, &baraka, 1)).await), "payment.insufficient_funds");
    top_up(&stage, &baraka, 1_000).await;
    hold(&stage, &wish).await.unwrap();
    assert_eq!((wallet(&baraka).await, stage.told::<PaymentFailed>().await.len()), ((999, 0), 2));
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn m7_price_wallet_and_escrow_share_one_currency() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 1_000).await);
    let dollars = Money::new(10, Currency::USD);
    let mut wish = deal("ord_1", &baraka, &amina, 10);
    wish.fee_base = dollars;
    assert_eq!(code(hold(&stage, &wish).await), "payment.currency_mismatch");
    wish.amount = dollars;
    assert_eq!(code(hold(&stage, &wish).await), "payment.currency_mismatch");
    assert!(stage.told::<PaymentFailed>().await.is_empty());
}

#[tokio::test]
async fn m7_fee_is_rounded_down_and_taken_from_its_base_only() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 10_000).await);
    for (reference, base, fee) in [("ord_1", 999, 49), ("ord_2", 19, 0), ("ord_3", 0, 0)] {
        let mut wish = deal(reference, &baraka, &amina, 1_000);
        wish.fee_base = tzs(base);
        assert_eq!(hold(&stage, &wish).await.unwrap().fee, tzs(fee));
        assert_eq!(release(&stage, reference).await.unwrap().amount, Some(tzs(1_000 - fee)));
    }
    let mut wish = deal("ord_4", &baraka, &amina, 1_000);
    wish.fee_base = tzs(1_001);
    assert_eq!(code(hold(&stage, &wish).await), "payment.amount_invalid");
    assert_eq!(code(hold(&stage, &deal("ord_5", &baraka, &amina, -1)).await), "payment.amount_invalid");
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn a_deal_of_nothing_goes_its_way_without_a_posting() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), stage.person());
    hold(&stage, &deal("ord_1", &baraka, &amina, 0)).await.unwrap();
    assert_eq!(release(&stage, "ord_1").await.unwrap().amount, Some(tzs(0)));
    stage.advance(Duration::from_hours(48));
    stage.settle().await;
    assert_eq!(wallet(&amina).await, (0, 0));
    must_be_sound(&stage).await;
}
