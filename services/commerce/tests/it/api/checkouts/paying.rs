//! Paying: money is held for an order, or not at all.

use std::time::Duration;

use contracts::commerce::{OrderPlaced, PaymentReceived};
use futures_util::future::join_all;
use serde_json::json;
use testkit::{Person, Reply};

use crate::world::{
    Market,
    bank::{Escrow, Mood},
    market, market_with, pay, text,
};

const RESUME: Duration = Duration::from_secs(30);

#[tokio::test]
async fn c7_a_paid_checkout_is_an_order_at_the_price_that_was_quoted() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 2).await;
    let price = json!({"price": {"minor": 9_900_000, "currency": "TZS"}, "name": "Dearer dress"});
    market.seller.patch(&format!("/api/v1/products/{}", market.product), price).await.ok();
    let paid = pay(&buyer, &checkout).await.ok();
    assert_eq!((&paid["status"], &paid["id"]), (&json!("paid"), &json!(checkout.trim_start_matches("/api/v1/checkouts/"))));
    let order = buyer.get(&format!("/api/v1/orders/{}", text(&paid["order_id"]))).await.ok();
    assert_eq!(order["quote"]["total"]["minor"], 2_500_000);
    assert_eq!((&order["title"], &order["status"], &order["payment"]), (&json!("Kitenge dress"), &json!("open"), &json!("held")));
    assert_eq!((&order["fulfilment"], &order["dispute"]), (&json!("waiting"), &json!("none")));
    let held = market.bank.command(&text(&paid["order_id"]));
    assert_eq!((held.payer, held.payee, held.domain.as_str()), (buyer.id, market.seller.id, "commerce"));
    assert_eq!((held.amount.minor(), held.fee_base.minor()), (2_500_000, 2_500_000));
    let placed = market.stage.told::<OrderPlaced>().await;
    assert_eq!((placed.len(), placed[0].head.quantity, placed[0].head.total.minor()), (1, 2, 2_500_000));
    assert_eq!(market.stage.told::<PaymentReceived>().await[0].head.shop_name, "Amina Fabrics");
    market.must_be_sound().await;
}

#[tokio::test]
async fn x2_paying_again_is_answered_the_same_with_any_key() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    let path = format!("{checkout}/pay");
    let first = buyer.post_once("key", &path, json!({"method": "wallet"})).await.ok();
    for key in ["key", "other"] {
        assert_eq!(buyer.post_once(key, &path, json!({"method": "wallet"})).await.ok(), first);
    }
    buyer.post(&path, json!({"method": "shells"})).await.refused(422, "invalid");
    assert_eq!((market.bank.asked(), market.stage.told::<OrderPlaced>().await.len()), (1, 1));
    buyer.delete(&checkout).await.refused(409, "commerce.checkout_over");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 6)]
async fn x2_two_who_pay_at_once_make_one_order_of_one_reference() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    let replies = join_all((0..2).map(|_| pay(&buyer, &checkout))).await;
    let bodies: Vec<_> = replies.into_iter().map(Reply::ok).collect();
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(market.bank.escrows().len(), 1);
    assert_eq!(market.stage.told::<OrderPlaced>().await.len(), 1);
    market.must_be_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 6)]
async fn x10_no_connection_is_held_while_payment_is_asked() {
    let market = market_with(3, |config| config.limits.connections = 1).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    let reply = late(&market, &buyer, &checkout, async || {
        // The service has one connection altogether, and it is free for others.
        assert_eq!(buyer.get(&checkout).await.ok()["status"], "paying");
        market.check_out(&market.stage.person(), 1).await;
        buyer.delete(&checkout).await.refused(409, "commerce.checkout_paying");
    });
    assert_eq!(reply.await.ok()["status"], "paid");
    market.must_be_sound().await;
}

#[tokio::test]
async fn x10_a_lost_answer_is_unknown_and_ends_in_exactly_one_order() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    market.bank.behaves(Mood::LosesAnswers);
    let unknown = pay(&buyer, &checkout).await;
    unknown.refused(503, "unavailable");
    assert!(unknown.headers.contains_key("retry-after"));
    assert_eq!((market.bank.held().len(), market.stage.told::<OrderPlaced>().await.len()), (1, 0));
    // A hold whose money is on its way outlives its deadline.
    market.stage.advance(Duration::from_mins(20));
    market.settle().await;
    assert_eq!((buyer.get(&checkout).await.ok()["status"].clone(), market.available().await), (json!("paying"), 2));
    market.bank.behaves(Mood::Willing);
    market.stage.advance(Duration::from_mins(20));
    market.settle().await;
    let seen = buyer.get(&checkout).await.ok();
    assert_eq!((&seen["status"], market.stage.told::<OrderPlaced>().await.len()), (&json!("paid"), 1));
    assert_eq!(pay(&buyer, &checkout).await.ok()["order_id"], seen["order_id"]);
    market.must_be_sound().await;
}

#[tokio::test]
async fn x10_a_caller_who_asks_again_joins_the_attempt_on_its_way() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    let path = format!("{checkout}/pay");
    market.bank.behaves(Mood::LosesAnswers);
    buyer.post_once("key", &path, json!({"method": "wallet"})).await.refused(503, "unavailable");
    market.bank.behaves(Mood::Willing);
    let paid = buyer.post_once("key", &path, json!({"method": "wallet"})).await.ok();
    assert_eq!((&paid["status"], market.bank.held()), (&json!("paid"), vec![text(&paid["order_id"])]));
    market.stage.advance(RESUME);
    market.settle().await;
    assert_eq!((market.bank.asked(), market.stage.told::<OrderPlaced>().await.len()), (2, 1));
    market.must_be_sound().await;
}

#[tokio::test]
async fn m7_refused_money_leaves_the_checkout_open_until_its_time_is_over() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    market.bank.behaves(Mood::Refuses);
    pay(&buyer, &checkout).await.refused(409, "payment.insufficient_funds");
    market.settle().await;
    assert_eq!((buyer.get(&checkout).await.ok()["status"].clone(), market.available().await), (json!("open"), 0));
    // The refused attempt can hold nothing any more; a new one has a reference of its own.
    assert_eq!(market.bank.escrows().iter().map(|(_, escrow)| *escrow).collect::<Vec<_>>(), [Escrow::Closed]);
    market.bank.behaves(Mood::Willing);
    assert_eq!(pay(&buyer, &checkout).await.ok()["status"], "paid");
    market.settle().await;
    market.must_be_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 6)]
async fn m6_money_refused_after_the_deadline_ends_the_checkout() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    market.bank.behaves(Mood::Refuses);
    let reply = late(&market, &buyer, &checkout, async || market.stage.advance(Duration::from_mins(16))).await;
    reply.refused(409, "payment.insufficient_funds");
    assert_eq!((buyer.get(&checkout).await.ok()["status"].clone(), market.available().await), (json!("expired"), 1));
    market.settle().await;
    market.must_be_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 6)]
async fn m6_money_held_for_what_was_taken_off_sale_goes_back() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    let archive = format!("/api/v1/products/{}/archive", market.product);
    let reply = late(&market, &buyer, &checkout, async || {
        assert_eq!(market.seller.post(&archive, json!({})).await.status, 204);
    });
    reply.await.refused(409, "commerce.not_on_sale");
    assert_eq!(buyer.get(&checkout).await.ok()["status"], "cancelled");
    market.settle().await;
    assert_eq!(market.bank.escrows().iter().map(|(_, escrow)| *escrow).collect::<Vec<_>>(), [Escrow::Refunded]);
    assert_eq!((market.available().await, market.stage.told::<OrderPlaced>().await.len()), (1, 0));
    market.must_be_sound().await;
}

#[tokio::test]
async fn m6_a_payment_nobody_answers_holds_nothing_without_an_order() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    market.bank.behaves(Mood::Away);
    pay(&buyer, &checkout).await.refused(503, "unavailable");
    market.bank.behaves(Mood::Refuses);
    market.stage.advance(RESUME);
    market.settle().await;
    assert_eq!(buyer.get(&checkout).await.ok()["status"], "open");
    market.must_be_sound().await;
}

#[tokio::test]
async fn c1_nothing_is_paid_for_in_a_shop_that_has_closed_meanwhile() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    market.seller.patch(&format!("/api/v1/shops/{}", market.shop), json!({"open": false})).await.ok();
    pay(&buyer, &checkout).await.refused(409, "commerce.shop_closed");
    assert_eq!((market.bank.asked(), buyer.get(&checkout).await.ok()["status"].clone()), (0, json!("open")));
}

/// Pays, and lets something happen while the bank takes its time.
async fn late(market: &Market, buyer: &Person, checkout: &str, meanwhile: impl AsyncFnOnce()) -> Reply {
    market.bank.shuts();
    let happens = async {
        while market.bank.waiting() == 0 {
            tokio::task::yield_now().await;
        }
        meanwhile().await;
        market.bank.opens();
    };
    let (reply, ()) = tokio::join!(pay(buyer, checkout), happens);
    reply
}
