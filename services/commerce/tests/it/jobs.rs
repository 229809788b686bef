//! Work for later: deadlines, late and punctual.

use std::time::Duration;

use contracts::commerce::{CancelledBy, OrderCancelled, OrderCompleted, OrderDelivered};
use serde_json::json;

use crate::world::{market, post};

const MOMENT: Duration = Duration::from_secs(1);

/// So many days, less a moment.
fn almost(days: u64) -> Duration {
    Duration::from_secs(days * 86_400 - 1)
}

#[tokio::test]
async fn c12_an_order_nobody_answers_for_48_hours_is_cancelled_and_refunded() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    market.stage.advance(almost(2));
    market.settle().await;
    assert_eq!(buyer.get(&order).await.ok()["status"], "open");
    market.stage.advance(MOMENT);
    // The deadline counts before anybody sweeps (X4).
    assert_eq!(buyer.get(&order).await.ok()["status"], "cancelled");
    assert_eq!(buyer.get("/api/v1/orders").await.ok()["items"][0]["status"], "cancelled");
    post(&market.seller, &order, "accept").await.refused(409, "commerce.order_moved_on");
    let late = json!({"carrier": "Bus"});
    market.seller.post(&format!("{order}/ship"), late).await.refused(409, "commerce.order_moved_on");
    market.settle().await;
    let seen = buyer.get(&order).await.ok();
    assert_eq!((&seen["payment"], &seen["cancelled_by"], market.available().await), (&json!("refunded"), &json!("clock"), 1));
    let told = market.stage.told::<OrderCancelled>().await;
    assert_eq!((told.len(), told[0].by, told[0].at), (1, Some(CancelledBy::Clock), Some(market.stage.clock.now())));
    market.must_be_sound().await;
}

#[tokio::test]
async fn p5_goods_are_late_after_the_promised_day_and_when_the_clock_has_to_say_so_nobody_knows() {
    let market = market(9).await;
    let buyer = market.stage.person();
    // Promised within a week; an order is confirmed by itself after three.
    for (days, by_hand, late) in [(7, true, false), (8, true, true), (20, true, true), (21, false, false)] {
        let order = market.buy(&buyer, 1).await;
        market.ship(&buyer, &order).await;
        market.stage.advance(Duration::from_hours(days * 24));
        let (again, before) = (market.stage.again(&buyer), market.stage.told::<OrderCompleted>().await.len());
        if by_hand {
            post(&again, &order, "confirm").await.ok();
        }
        market.settle().await;
        let told = market.stage.told::<OrderCompleted>().await;
        let last = told.last().unwrap();
        assert_eq!((told.len(), last.late, last.delivered_at), (before + 1, late, Some(market.stage.clock.now())), "{days}");
    }
}

#[tokio::test]
async fn c12_an_accepted_order_that_is_not_shipped_within_a_week_is_cancelled_and_refunded() {
    let market = market(2).await;
    let buyer = market.stage.person();
    let (order, shipped) = (market.buy(&buyer, 1).await, market.buy(&buyer, 1).await);
    assert!(buyer.get(&order).await.ok()["ship_by"].is_null());
    market.stage.advance(almost(2));
    for order in [&order, &shipped] {
        let accepted = post(&market.seller, order, "accept").await.ok();
        assert_eq!(accepted["ship_by"], market.stage.clock.now().plus(Duration::from_hours(7 * 24)).to_string());
    }
    market.stage.advance(almost(7));
    market.settle().await;
    assert_eq!(buyer.get(&order).await.ok()["fulfilment"], "accepted");
    market.ship(&buyer, &shipped).await;
    market.stage.advance(MOMENT);
    // The deadline counts before anybody sweeps (X4).
    assert_eq!(buyer.get(&order).await.ok()["status"], "cancelled");
    assert_eq!(buyer.get("/api/v1/orders").await.ok()["items"][1]["status"], "cancelled");
    let late = json!({"carrier": "Bus"});
    market.seller.post(&format!("{order}/ship"), late).await.refused(409, "commerce.order_moved_on");
    market.settle().await;
    assert_eq!((buyer.get(&order).await.ok()["payment"].clone(), market.available().await), (json!("refunded"), 1));
    assert_eq!(buyer.get(&shipped).await.ok()["fulfilment"], "shipped");
    assert_eq!(market.stage.told::<OrderCancelled>().await.len(), 1);
    market.must_be_sound().await;
}

#[tokio::test]
async fn c12_a_new_sellers_order_is_confirmed_by_itself_after_21_days_and_a_known_ones_after_10() {
    let market = market(9).await;
    let buyer = market.stage.person();
    for days in [21, 21, 21, 21, 21, 10] {
        let order = market.buy(&buyer, 1).await;
        market.ship(&buyer, &order).await;
        market.stage.advance(almost(days));
        market.settle().await;
        assert_eq!(buyer.get(&order).await.ok()["fulfilment"], "shipped", "{days}");
        market.stage.advance(MOMENT);
        assert_eq!(buyer.get(&order).await.ok()["fulfilment"], "delivered", "{days}");
        post(&buyer, &order, "extend").await.refused(409, "commerce.order_moved_on");
        market.settle().await;
        assert_eq!(buyer.get(&order).await.ok()["status"], "completed", "{days}");
    }
    assert_eq!(market.stage.told::<OrderDelivered>().await.len(), 6);
    market.must_be_sound().await;
}

#[tokio::test]
async fn c12_an_extended_order_is_confirmed_a_week_later() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    market.ship(&buyer, &order).await;
    post(&buyer, &order, "extend").await.ok();
    market.stage.advance(almost(28));
    market.settle().await;
    assert_eq!(buyer.get(&order).await.ok()["fulfilment"], "shipped");
    market.stage.advance(MOMENT);
    market.settle().await;
    assert_eq!(buyer.get(&order).await.ok()["status"], "completed");
}

#[tokio::test]
async fn c3_units_nobody_paid_for_come_back_by_themselves() {
    let market = market(2).await;
    let buyer = market.stage.person();
    market.check_out(&buyer, 2).await;
    market.stage.advance(Duration::from_mins(15));
    market.settle().await;
    assert_eq!((market.available().await, market.count("select held from commerce.variant").await), (2, 0));
    assert_eq!(market.count("select count(*) from commerce.checkout where state = 'expired'").await, 1);
    assert_eq!(market.count("select count(*) from kernel.job").await, 0);
    market.must_be_sound().await;
}

#[tokio::test]
async fn x12_checkouts_that_came_to_nothing_and_addresses_that_are_an_orders_go_after_thirty_days() {
    let kept = "select count(*) from commerce.checkout where state <> 'paid'";
    let addresses = "select count(*) from commerce.checkout where address is not null";
    let market = market(3).await;
    let buyer = market.stage.person();
    let cancelled = market.check_out(&buyer, 1).await;
    assert_eq!(buyer.delete(&cancelled).await.status, 204);
    market.check_out(&buyer, 1).await;
    market.buy(&buyer, 1).await;
    market.stage.advance(almost(30));
    market.settle().await;
    assert_eq!((market.count(kept).await, market.count(addresses).await), (2, 1));
    // The second one ran out after a quarter of an hour; neither kept its address any longer.
    market.stage.advance(Duration::from_hours(2));
    market.settle().await;
    assert_eq!((market.count(kept).await, market.count(addresses).await), (0, 0));
    assert_eq!(market.count("select count(*) from commerce.orders where address ->> 'district' = 'Ilala'").await, 1);
    market.must_be_sound().await;
}
