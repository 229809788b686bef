//! Holding units: who gets them, for how long, and how they come back.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;

use crate::world::{add_product, market, pay, text};

const QUARTER: Duration = Duration::from_mins(15);

#[tokio::test]
async fn c13_the_total_and_the_seller_are_shown_before_paying() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let checkout = buyer.post("/api/v1/checkouts", market.basket(2)).await;
    assert_eq!(checkout.status, 201);
    let checkout = checkout.json;
    assert_eq!(checkout["quote"]["total"], json!({"minor": 2_500_000, "currency": "TZS"}));
    assert_eq!(checkout["quote"]["lines"][0]["unit_price"]["minor"], 1_250_000);
    assert_eq!(checkout["shop"]["name"], "Amina Fabrics");
    assert_eq!(checkout["shop"]["owner"], market.seller.id.to_string());
    assert_eq!((&checkout["status"], &checkout["address"]["district"]), (&json!("open"), &json!("Ilala")));
    assert_eq!(checkout["expires_at"], market.stage.clock.now().plus(QUARTER).to_string());
    assert_eq!(market.available().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn x5_fifty_at_once_for_ten_units_make_exactly_ten_holds() {
    let market = market(10).await;
    let calls = (0..50).map(|_| {
        let (buyer, basket) = (market.stage.person(), market.basket(1));
        async move { buyer.post("/api/v1/checkouts", basket).await }
    });
    let replies = join_all(calls).await;
    let won = replies.iter().filter(|reply| reply.status == 201).count();
    for lost in replies.iter().filter(|reply| reply.status != 201) {
        lost.refused(409, "commerce.sold_out");
    }
    assert_eq!((won, market.available().await), (10, 0));
    market.must_be_sound().await;
}

#[tokio::test]
async fn x5_the_database_itself_refuses_to_oversell() {
    let market = market(1).await;
    market.check_out(&market.stage.person(), 1).await;
    for over in
        ["update commerce.variant set sold = 1", "update commerce.variant set held = -1", "update commerce.variant set sold = -1"]
    {
        let refused = sqlx::query(over).execute(&market.stage.database.owner).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().constraint(), Some("stock_not_oversold"));
    }
}

#[tokio::test]
async fn x4_a_hold_that_ran_out_is_free_at_once_with_no_sweeper() {
    let market = market(1).await;
    let (first, second) = (market.stage.person(), market.stage.person());
    let lost = market.check_out(&first, 1).await;
    second.post("/api/v1/checkouts", market.basket(1)).await.refused(409, "commerce.sold_out");
    market.stage.advance(QUARTER);
    assert_eq!((market.available().await, first.get(&lost).await.ok()["status"].clone()), (1, json!("expired")));
    market.check_out(&second, 1).await;
    pay(&first, &lost).await.refused(409, "commerce.checkout_expired");
    first.patch(&lost, json!({})).await.refused(409, "commerce.checkout_expired");
    // The sweeper comes at last, and changes nothing that anybody can see.
    market.settle().await;
    assert_eq!((market.available().await, first.get(&lost).await.ok()["status"].clone()), (0, json!("expired")));
    market.must_be_sound().await;
}

#[tokio::test]
async fn x5_a_person_has_three_holds_of_an_item_and_ten_altogether() {
    let market = market(50).await;
    let buyer = market.stage.person();
    let mut variants = vec![market.variant.clone()];
    for _ in 0..3 {
        variants.push(add_product(&market.seller, &market.shop, 50).await.1);
    }
    let take = |variant: &str| buyer.post("/api/v1/checkouts", json!({"source": {"variant_id": variant, "quantity": 1}}));
    for variant in &variants[..3] {
        for _ in 0..3 {
            take(variant).await.ok();
        }
        take(variant).await.refused(409, "commerce.too_many_holds");
    }
    let last = take(&variants[3]).await.ok();
    take(&variants[3]).await.refused(409, "commerce.too_many_holds");
    // One that is given up makes room, and so does time.
    assert_eq!(buyer.delete(&format!("/api/v1/checkouts/{}", text(&last["id"]))).await.status, 204);
    take(&variants[3]).await.ok();
    market.stage.advance(QUARTER);
    take(&variants[0]).await.ok();
    assert_eq!(market.count("select count(*) from commerce.hold").await, 1);
    market.must_be_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn x5_twenty_at_once_by_one_person_make_three_holds() {
    let market = market(50).await;
    let buyer = market.stage.person();
    let replies = join_all((0..20).map(|_| buyer.post("/api/v1/checkouts", market.basket(1)))).await;
    let won = replies.iter().filter(|reply| reply.status == 201).count();
    for lost in replies.iter().filter(|reply| reply.status != 201) {
        lost.refused(409, "commerce.too_many_holds");
    }
    assert_eq!((won, market.available().await), (3, 47));
}

#[tokio::test(flavor = "multi_thread")]
async fn x5_forty_at_once_by_one_person_over_many_items_make_ten_holds() {
    let market = market(50).await;
    let buyer = market.stage.person();
    let mut variants = vec![market.variant.clone()];
    for _ in 0..7 {
        variants.push(add_product(&market.seller, &market.shop, 50).await.1);
    }
    // Different shelves: nothing but the person's own lock puts them in a row.
    let take = |variant: &str| buyer.post("/api/v1/checkouts", json!({"source": {"variant_id": variant, "quantity": 1}}));
    let replies = join_all((0..40).map(|number| take(&variants[number % 8]))).await;
    let won = replies.iter().filter(|reply| reply.status == 201).count();
    for lost in replies.iter().filter(|reply| reply.status != 201) {
        lost.refused(409, "commerce.too_many_holds");
    }
    assert_eq!((won, market.count("select count(*) from commerce.hold").await), (10, 10));
    market.must_be_sound().await;
}

#[tokio::test]
async fn x5_a_checkout_is_renewed_once() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    market.stage.advance(Duration::from_mins(14));
    let renewed = buyer.patch(&checkout, json!({"renew": true})).await.ok();
    assert_eq!(renewed["expires_at"], market.stage.clock.now().plus(QUARTER).to_string());
    buyer.patch(&checkout, json!({"renew": true})).await.refused(409, "commerce.already_renewed");
    // The first deadline passes and takes nothing away.
    market.stage.advance(Duration::from_mins(2));
    market.settle().await;
    assert_eq!((market.available().await, buyer.get(&checkout).await.ok()["status"].clone()), (0, json!("open")));
    market.stage.advance(QUARTER);
    market.settle().await;
    assert_eq!(market.count("select count(*) from commerce.hold").await, 0);
    market.must_be_sound().await;
}

#[tokio::test]
async fn c17_goods_are_not_paid_without_an_address_which_can_be_given_later_and_is_kept_as_it_was() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let body = json!({"source": {"variant_id": market.variant, "quantity": 1}});
    let checkout = buyer.post("/api/v1/checkouts", body).await.ok();
    assert!(checkout["address"].is_null());
    let path = format!("/api/v1/checkouts/{}", text(&checkout["id"]));
    // Nothing was asked of payment, and the units stay held.
    pay(&buyer, &path).await.refused(409, "commerce.address_missing");
    assert_eq!((market.bank.held().len(), buyer.get(&path).await.ok()["status"].clone()), (0, json!("open")));
    let changed = buyer.patch(&path, json!({"shipping": {"address": crate::world::address()}})).await.ok();
    assert_eq!((&changed["address"]["name"], &changed["expires_at"]), (&json!("Baraka Mushi"), &checkout["expires_at"]));
    // To name a way of shipping says nothing of the address.
    for shipping in [json!({"method": "delivery"}), json!({"address": null}), json!({})] {
        assert_eq!(buyer.patch(&path, json!({"shipping": shipping})).await.ok(), changed);
    }
    let paid = pay(&buyer, &path).await.ok();
    let order = buyer.get(&format!("/api/v1/orders/{}", text(&paid["order_id"]))).await.ok();
    assert_eq!(order["address"], changed["address"]);
    buyer.patch(&path, json!({"shipping": {"address": crate::world::address()}})).await.refused(409, "commerce.checkout_over");
    buyer.patch(&path, json!({"renew": true})).await.refused(409, "commerce.checkout_over");
}

#[tokio::test]
async fn x7_an_expired_checkout_is_neither_renewed_nor_readdressed() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    market.stage.advance(QUARTER);
    for change in [json!({"renew": true}), json!({"shipping": {"address": crate::world::address()}})] {
        buyer.patch(&checkout, change).await.refused(409, "commerce.checkout_expired");
    }
}

#[tokio::test]
async fn x12_a_checkout_that_ends_without_an_order_keeps_no_address() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let (cancelled, _expired) = (market.check_out(&buyer, 1).await, market.check_out(&buyer, 1).await);
    market.buy(&buyer, 1).await;
    let kept = "select count(*) from commerce.checkout where address is not null";
    assert_eq!(market.count(kept).await, 3);
    assert_eq!(buyer.delete(&cancelled).await.status, 204);
    assert_eq!((market.count(kept).await, buyer.get(&cancelled).await.ok()["address"].clone()), (2, json!(null)));
    market.stage.advance(QUARTER);
    market.settle().await;
    assert_eq!(market.count(kept).await, 1, "what was bought");
    assert_eq!(market.count("select count(*) from commerce.checkout where state = 'paid' and address is not null").await, 1);
}

#[tokio::test]
async fn c3_a_cancelled_checkout_gives_its_units_back_once() {
    let market = market(2).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 2).await;
    for _ in 0..2 {
        assert_eq!(buyer.delete(&checkout).await.status, 204);
    }
    assert_eq!((market.available().await, buyer.get(&checkout).await.ok()["status"].clone()), (2, json!("cancelled")));
    pay(&buyer, &checkout).await.refused(409, "commerce.checkout_over");
    market.must_be_sound().await;
}

#[tokio::test]
async fn c7_nobody_buys_from_their_own_shop_or_what_is_not_there() {
    let market = market(1).await;
    market.seller.post("/api/v1/checkouts", market.basket(1)).await.refused(422, "commerce.own_shop");
    let buyer = market.stage.person();
    let unknown = json!({"source": {"variant_id": market.stage.id::<contracts::ids::Variant>(), "quantity": 1}});
    buyer.post("/api/v1/checkouts", unknown).await.refused(404, "not_found");
    buyer.post("/api/v1/checkouts", market.basket(2)).await.refused(409, "commerce.sold_out");
    market.stage.anonymous().post("/api/v1/checkouts", market.basket(1)).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn x8_odd_quantities_are_refused_and_hold_nothing() {
    let market = market(1_000_000_000).await;
    let buyer = market.stage.person();
    let body = |quantity| json!({"source": {"variant_id": market.variant, "quantity": quantity}});
    for quantity in [json!(0), json!(-1), json!(1.5), json!("2"), json!(u64::MAX), json!(null)] {
        buyer.post("/api/v1/checkouts", body(quantity)).await.refused(422, "invalid");
    }
    buyer.post("/api/v1/checkouts", body(json!(999_999_999))).await.refused(422, "money_overflow");
    let odd = json!({"source": {"variant_id": market.variant, "quantity": 1}, "shipping": {"address": {"name": "\u{0}"}}});
    buyer.post("/api/v1/checkouts", odd).await.refused(422, "invalid");
    let mut broken = market.basket(1);
    broken["shipping"]["address"]["name"] = json!("Baraka\nMushi");
    buyer.post("/api/v1/checkouts", broken).await.refused(422, "invalid");
    assert_eq!(market.available().await, 1_000_000_000);
}

#[tokio::test]
async fn c17_ways_of_shipping_that_are_not_there_yet_are_refused_and_not_ignored() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    let odd = [
        (json!({"method": "pickup"}), "/shipping/method"),
        (json!({"method": "teleport", "address": crate::world::address()}), "/shipping/method"),
        (json!({"address_id": "adr_00000000000000000000000007"}), "/shipping/address_id"),
    ];
    for (shipping, pointer) in odd {
        let mut basket = market.basket(1);
        basket["shipping"] = shipping.clone();
        for refused in
            [buyer.post("/api/v1/checkouts", basket).await, buyer.patch(&checkout, json!({"shipping": shipping})).await]
        {
            refused.refused(422, "invalid");
            assert_eq!(
                (&refused.json["errors"][0]["pointer"], &refused.json["errors"][0]["code"]),
                (&json!(pointer), &json!("invalid")),
                "{}",
                refused.text
            );
        }
    }
    let mut basket = market.basket(1);
    basket["shipping"]["method"] = json!("delivery");
    basket["shipping"]["address_id"] = json!(null);
    assert_eq!(buyer.post("/api/v1/checkouts", basket).await.ok()["address"]["district"], "Ilala");
}

#[tokio::test]
async fn x2_the_same_key_opens_one_checkout() {
    let market = market(5).await;
    let buyer = market.stage.person();
    let first = buyer.post_once("key", "/api/v1/checkouts", market.basket(1)).await;
    let again = buyer.post_once("key", "/api/v1/checkouts", market.basket(1)).await;
    assert_eq!((first.status, &first.json), (again.status, &again.json));
    assert_eq!(market.available().await, 4);
    buyer.post_once("key", "/api/v1/checkouts", market.basket(2)).await.refused(422, "idempotency_key_reused");
}

#[tokio::test]
async fn a_checkout_is_nobody_elses() {
    let market = market(1).await;
    let (buyer, stranger) = (market.stage.person(), market.stage.person());
    let checkout = market.check_out(&buyer, 1).await;
    for (person, status, code) in
        [(&stranger, 404, "not_found"), (&market.seller, 404, "not_found"), (&market.stage.anonymous(), 401, "unauthenticated")]
    {
        person.get(&checkout).await.refused(status, code);
        person.patch(&checkout, json!({})).await.refused(status, code);
        person.delete(&checkout).await.refused(status, code);
        pay(person, &checkout).await.refused(status, code);
    }
    assert_eq!(buyer.get(&checkout).await.ok()["status"], "open");
}
