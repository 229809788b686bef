//! From the order to the goods and the money.

use std::time::Duration;

use contracts::commerce::{CancelledBy, HandoverCodeMade, OrderCancelled, OrderCompleted, OrderDelivered, OrderShipped};
use host::Keys;
use serde_json::json;

use crate::world::{bank::Escrow, market, pay, post, text};

#[tokio::test]
async fn c12_a_dress_is_bought_shipped_handed_over_and_paid_out() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    let accepted = post(&market.seller, &order, "accept").await.ok();
    assert_eq!((&accepted["fulfilment"], &accepted["address"]["phone"]), (&json!("accepted"), &json!("+255712000001")));
    let code = market.ship(&buyer, &order).await;
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()));
    assert!(market.seller.get(&order).await.ok()["handover_code"].is_null());
    let delivered = market.seller.post(&format!("{order}/deliver"), json!({"handover_code": code})).await.ok();
    assert_eq!((&delivered["fulfilment"], &delivered["status"]), (&json!("delivered"), &json!("open")));
    market.settle().await;
    let seen = buyer.get(&order).await.ok();
    assert_eq!(
        (&seen["status"], &seen["payment"], &seen["handover_code"]),
        (&json!("completed"), &json!("released"), &json!(null))
    );
    assert_eq!(market.bank.escrows()[0].1, Escrow::Released);
    let shipped = market.stage.told::<OrderShipped>().await;
    assert_eq!((shipped[0].carrier.as_str(), shipped[0].tracking.as_deref()), ("Bus", Some("T 123 ABC")));
    let versions = [
        shipped[0].head.version,
        market.stage.told::<OrderDelivered>().await[0].head.version,
        market.stage.told::<OrderCompleted>().await[0].head.version,
    ];
    assert_eq!(versions, [3, 4, 5]);
    market.must_be_sound().await;
}

#[tokio::test]
async fn c12_the_buyers_word_releases_the_money_too() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    post(&buyer, &order, "confirm").await.refused(409, "commerce.order_moved_on");
    market.ship(&buyer, &order).await;
    let path = format!("{order}/confirm");
    let first = buyer.post_once("key", &path, json!({})).await.ok();
    assert_eq!((&first["fulfilment"], buyer.post_once("key", &path, json!({})).await.ok()), (&json!("delivered"), first.clone()));
    market.settle().await;
    assert_eq!(buyer.get(&order).await.ok()["status"], "completed");
    assert_eq!(market.stage.told::<OrderDelivered>().await.len(), 1);
    buyer.call(axum::http::Method::POST, &path, None, None).await.refused(400, "idempotency_key_required");
}

#[tokio::test]
async fn c12_five_misses_lock_the_code_and_only_the_buyer_makes_a_new_one() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    let code = market.ship(&buyer, &order).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let path = format!("{order}/deliver");
    for _ in 0..5 {
        let missed = market.seller.post(&path, json!({"handover_code": wrong})).await;
        missed.refused(422, "invalid");
        assert_eq!(missed.json["errors"][0]["code"], "commerce.handover_wrong");
    }
    for typed in [wrong, code.as_str()] {
        market.seller.post(&path, json!({"handover_code": typed})).await.refused(409, "commerce.handover_locked");
    }
    post(&market.seller, &order, "handover-code").await.refused(403, "commerce.not_your_move");
    let renewed = text(&post(&buyer, &order, "handover-code").await.ok()["handover_code"]);
    if renewed != code {
        market.seller.post(&path, json!({"handover_code": code})).await.refused(422, "invalid");
    }
    market.seller.post(&path, json!({"handover_code": format!(" {renewed} ")})).await.ok();
    market.settle().await;
    assert_eq!(buyer.get(&order).await.ok()["status"], "completed");
}

#[tokio::test]
async fn c12_each_code_is_told_once_to_whoever_sends_it_until_the_clock_confirms() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    let shipped = market.seller.post(&format!("{order}/ship"), json!({"carrier": "Bus"})).await.ok();
    let first = text(&buyer.get(&order).await.ok()["handover_code"]);
    let renewed = text(&post(&buyer, &order, "handover-code").await.ok()["handover_code"]);
    let told = market.stage.told::<HandoverCodeMade>().await;
    let codes: Vec<(&str, i64)> = told.iter().map(|told| (told.code.as_str(), told.head.version)).collect();
    assert_eq!(codes, [(first.as_str(), 2), (renewed.as_str(), 3)]);
    assert_eq!(json!(told[0].expires_at), shipped["confirm_by"]);
    assert!(!format!("{told:?}").contains(&first), "x14");
    let carried = "select count(*) from kernel.outbox where body::text like '%' || $1 || '%'";
    for code in [first, renewed] {
        let found: i64 = sqlx::query_scalar(carried).bind(code).fetch_one(&market.stage.database.owner).await.unwrap();
        assert_eq!(found, 0, "x13: sealed on its way");
    }
}

#[tokio::test]
async fn c12_the_code_is_sealed_at_rest() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    let code = market.ship(&buyer, &order).await;
    let kept: Vec<u8> =
        sqlx::query_scalar("select code from commerce.orders").fetch_one(&market.stage.database.owner).await.unwrap();
    assert!(!String::from_utf8_lossy(&kept).contains(&code));
}

#[tokio::test]
async fn c12_a_code_sealed_under_the_old_master_key_is_read_and_taken_until_that_is_dropped() {
    let market = market(2).await;
    let buyer = market.stage.person();
    let (order, other) = (market.buy(&buyer, 1).await, market.buy(&buyer, 1).await);
    let (code, lost) = (market.ship(&buyer, &order).await, market.ship(&buyer, &other).await);
    let new = Keys::from_master([8; 32]);
    let (already, after) = (new.clone().accepting([[7; 32]]), new);
    let already = market.beside(|config| config.keys = already);
    assert_eq!(buyer.at(&already).get(&order).await.ok()["handover_code"], json!(code));
    let deliver = |order: &str| format!("{order}/deliver");
    let delivered = market.seller.at(&already).post(&deliver(&order), json!({"handover_code": code})).await.ok();
    assert_eq!(delivered["fulfilment"], "delivered");

    // Dropped too early: the order is still there for both, and its buyer makes another code.
    let after = market.beside(|config| config.keys = after);
    let (buyer, seller) = (buyer.at(&after), market.seller.at(&after));
    assert_eq!(buyer.get(&other).await.ok()["handover_code"], json!(null));
    seller.post(&deliver(&other), json!({"handover_code": lost})).await.refused(409, "commerce.handover_locked");
    let made = text(&post(&buyer, &other, "handover-code").await.ok()["handover_code"]);
    seller.post(&deliver(&other), json!({"handover_code": made})).await.ok();
}

#[tokio::test]
async fn c12_either_side_cancels_before_shipping_and_everything_goes_back() {
    let market = market(2).await;
    let buyer = market.stage.person();
    let (mine, theirs) = (market.buy(&buyer, 1).await, market.buy(&buyer, 1).await);
    assert_eq!(market.available().await, 0);
    post(&market.seller, &theirs, "accept").await.ok();
    let cancelled = post(&buyer, &mine, "cancel").await.ok();
    assert_eq!((&cancelled["status"], &cancelled["payment"], market.available().await), (&json!("cancelled"), &json!("held"), 1));
    post(&market.seller, &theirs, "cancel").await.ok();
    market.settle().await;
    for order in [&mine, &theirs] {
        assert_eq!(buyer.get(order).await.ok()["payment"], "refunded");
        post(&market.seller, order, "accept").await.refused(409, "commerce.order_moved_on");
        let late = json!({"carrier": "Bus"});
        market.seller.post(&format!("{order}/ship"), late).await.refused(409, "commerce.order_moved_on");
    }
    let by: Vec<_> = market.stage.told::<OrderCancelled>().await.into_iter().map(|fact| fact.by).collect();
    assert_eq!((market.available().await, by), (2, vec![Some(CancelledBy::Buyer), Some(CancelledBy::Seller)]));
    let page = buyer.page(theirs.trim_start_matches("/api/v1")).await.html();
    assert!(page.contains("Cancelled by the seller"), "{page}");
    market.must_be_sound().await;
}

#[tokio::test]
async fn c12_what_is_shipped_is_not_cancelled() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    market.ship(&buyer, &order).await;
    post(&buyer, &order, "cancel").await.refused(409, "commerce.order_moved_on");
    post(&market.seller, &order, "cancel").await.refused(409, "commerce.order_moved_on");
    assert_eq!(market.available().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn x7_of_cancelling_and_shipping_at_once_one_wins() {
    let market = market(8).await;
    let buyer = market.stage.person();
    for _ in 0..8 {
        let order = market.buy(&buyer, 1).await;
        let ship = format!("{order}/ship");
        let (cancelled, shipped) =
            tokio::join!(post(&buyer, &order, "cancel"), market.seller.post(&ship, json!({"carrier": "Bus"})));
        assert_ne!(cancelled.status.is_success(), shipped.status.is_success());
        let lost = if cancelled.status.is_success() { shipped } else { cancelled };
        lost.refused(409, "commerce.order_moved_on");
    }
    market.settle().await;
    let (shipped, cancelled) = (market.stage.told::<OrderShipped>().await, market.stage.told::<OrderCancelled>().await);
    assert_eq!(shipped.len() + cancelled.len(), 8);
    market.must_be_sound().await;
}

#[tokio::test]
async fn c12_the_buyer_extends_once() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    post(&buyer, &order, "extend").await.refused(409, "commerce.order_moved_on");
    market.ship(&buyer, &order).await;
    let day = Duration::from_hours(24);
    assert_eq!(buyer.get(&order).await.ok()["confirm_by"], market.stage.clock.now().plus(21 * day).to_string());
    post(&market.seller, &order, "extend").await.refused(403, "commerce.not_your_move");
    let extended = post(&buyer, &order, "extend").await.ok();
    assert_eq!(extended["confirm_by"], market.stage.clock.now().plus(28 * day).to_string());
    post(&buyer, &order, "extend").await.refused(409, "commerce.already_extended");
}

#[tokio::test]
async fn c12_each_side_makes_its_own_moves_only() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    post(&buyer, &order, "accept").await.refused(403, "commerce.not_your_move");
    let ship = json!({"carrier": "Bus"});
    buyer.post(&format!("{order}/ship"), ship).await.refused(403, "commerce.not_your_move");
    for odd in [json!({"carrier": "Bus\n"}), json!({"carrier": "Bus", "tracking": "T\n123"})] {
        market.seller.post(&format!("{order}/ship"), odd).await.refused(422, "invalid");
    }
    let code = market.ship(&buyer, &order).await;
    let deliver = json!({"handover_code": code});
    buyer.post(&format!("{order}/deliver"), deliver).await.refused(403, "commerce.not_your_move");
    post(&market.seller, &order, "confirm").await.refused(403, "commerce.not_your_move");
}

#[tokio::test]
async fn an_order_is_there_for_its_two_sides_only() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    for (person, status, code) in
        [(&market.stage.person(), 404, "not_found"), (&market.stage.anonymous(), 401, "unauthenticated")]
    {
        person.get(&order).await.refused(status, code);
        for verb in ["accept", "confirm", "cancel", "handover-code", "extend"] {
            post(person, &order, verb).await.refused(status, code);
        }
        person.post(&format!("{order}/ship"), json!({"carrier": "Bus"})).await.refused(status, code);
        person.post(&format!("{order}/deliver"), json!({"handover_code": "000000"})).await.refused(status, code);
    }
    market.stage.anonymous().get("/api/v1/orders").await.refused(401, "unauthenticated");
    assert_eq!(market.stage.person().get("/api/v1/orders").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn orders_come_in_pages_newest_first_for_each_side() {
    let market = market(9).await;
    let buyer = market.stage.person();
    let mut bought = Vec::new();
    for _ in 0..5 {
        bought.push(market.buy(&buyer, 1).await.trim_start_matches("/api/v1/orders/").to_owned());
    }
    market.buy(&market.stage.person(), 1).await;
    let first = buyer.get("/api/v1/orders?limit=2").await.ok();
    let cursor = text(&first["next_cursor"]);
    let second = buyer.get(&format!("/api/v1/orders?limit=3&cursor={cursor}")).await.ok();
    let pages = [first["items"].as_array().unwrap().as_slice(), second["items"].as_array().unwrap()].concat();
    let seen: Vec<String> = pages.iter().rev().map(|line| text(&line["id"])).collect();
    assert_eq!((seen, &second["next_cursor"]), (bought, &json!(null)));
    assert_eq!((&pages[0]["total"]["minor"], &pages[0]["shop_name"]), (&json!(1_250_000), &json!("Amina Fabrics")));
    assert_eq!(market.seller.get("/api/v1/orders?role=seller").await.ok()["items"].as_array().unwrap().len(), 6);
    assert_eq!(market.seller.get("/api/v1/orders").await.ok()["items"], json!([]));
    buyer.get(&format!("/api/v1/orders?role=seller&cursor={cursor}")).await.refused(400, "invalid_cursor");
    buyer.get("/api/v1/orders?role=thief").await.refused(400, "invalid_query");
}

#[tokio::test]
async fn c12_a_seller_sees_the_address_until_thirty_days_after_the_end() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    post(&buyer, &order, "cancel").await.ok();
    market.stage.advance(Duration::from_hours(30 * 24 - 1));
    assert_eq!(market.seller.get(&order).await.ok()["address"]["district"], "Ilala");
    market.stage.advance(Duration::from_hours(1));
    assert!(market.seller.get(&order).await.ok()["address"].is_null());
    assert_eq!(buyer.get(&order).await.ok()["address"]["district"], "Ilala");
}

#[tokio::test]
async fn c2_digital_goods_go_the_same_way_without_an_address() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let mut pattern = crate::world::dress(5);
    pattern["kind"] = json!("digital");
    let added = market.seller.post(&format!("/api/v1/shops/{}/products", market.shop), pattern).await.ok();
    let body = json!({"source": {"variant_id": added["variants"][0]["id"], "quantity": 1}});
    let checkout = buyer.post("/api/v1/checkouts", body).await.ok();
    let paid = pay(&buyer, &format!("/api/v1/checkouts/{}", text(&checkout["id"]))).await.ok();
    assert_eq!(paid["status"], "paid");
}
