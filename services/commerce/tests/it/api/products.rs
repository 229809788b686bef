//! Products and their shelves.

use serde_json::json;

use crate::world::{add_product, dress, market, open_shop, text};

#[tokio::test]
async fn c2_an_archived_product_is_there_for_its_owner_only() {
    let market = market(3).await;
    let (buyer, product) = (market.stage.person(), format!("/api/v1/products/{}", market.product));
    assert_eq!(market.seller.post(&format!("{product}/archive"), json!({})).await.status, 204);
    buyer.get(&product).await.refused(404, "not_found");
    buyer.post("/api/v1/checkouts", market.basket(1)).await.refused(409, "commerce.not_on_sale");
    assert_eq!(market.seller.get(&product).await.ok()["status"], "archived");
    assert_eq!(market.seller.post(&format!("{product}/publish"), json!({})).await.status, 204);
    assert_eq!(buyer.get(&product).await.ok()["status"], "active");
}

#[tokio::test]
async fn c2_a_shops_products_come_in_pages_newest_first() {
    let market = market(1).await;
    let mut all = vec![market.product.clone()];
    for _ in 0..4 {
        all.push(add_product(&market.seller, &market.shop, 1).await.0);
    }
    let path = format!("/api/v1/products?shop={}", market.shop);
    let first = market.stage.anonymous().get(&format!("{path}&limit=2")).await.ok();
    let cursor = text(&first["next_cursor"]);
    let second = market.stage.anonymous().get(&format!("{path}&limit=3&cursor={cursor}")).await.ok();
    let pages = [first["items"].as_array().unwrap().as_slice(), second["items"].as_array().unwrap()].concat();
    let seen: Vec<String> = pages.iter().rev().map(|card| text(&card["id"])).collect();
    assert_eq!((seen, &second["next_cursor"]), (all, &json!(null)));
    let other = open_shop(&market.stage.person(), "other_shop").await;
    market.stage.anonymous().get(&format!("/api/v1/products?shop={other}&cursor={cursor}")).await.refused(400, "invalid_cursor");
}

#[tokio::test]
async fn c3_stock_is_counted_in_a_ledger_that_nobody_rewrites() {
    let market = market(3).await;
    let buyer = market.stage.person();
    market.check_out(&buyer, 2).await;
    let stock = format!("/api/v1/variants/{}/stock", market.variant);
    let seen = market.seller.post(&stock, json!({"change": 4, "reason": "New delivery"})).await.ok();
    assert_eq!((&seen["available"], &seen["capacity"], &seen["held"]), (&json!(5), &json!(7), &json!(2)));
    let short = json!({"change": -6, "reason": "Moths"});
    market.seller.post(&stock, short).await.refused(409, "commerce.stock_short");
    market.seller.post(&stock, json!({"change": -5, "reason": "Moths"})).await.ok();
    assert_eq!(market.available().await, 0);
    market.must_be_sound().await;
    for rewriting in ["update commerce.movement set capacity = 9", "delete from commerce.movement"] {
        let mut role = market.stage.database.owner.acquire().await.unwrap();
        sqlx::query("set role nexgate_commerce").execute(&mut *role).await.unwrap();
        let refused = sqlx::query(rewriting).execute(&mut *role).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().code().unwrap(), "42501");
        role.close().await.unwrap();
    }
}

#[tokio::test]
async fn x2_a_repeated_count_counts_once() {
    let market = market(3).await;
    let (path, body) = (format!("/api/v1/variants/{}/stock", market.variant), json!({"change": 4, "reason": "Delivery"}));
    for _ in 0..2 {
        assert_eq!(market.seller.post_once("key", &path, body.clone()).await.ok()["capacity"], 7);
    }
    market
        .seller
        .call(axum::http::Method::POST, &path, None, Some(body.to_string()))
        .await
        .refused(400, "idempotency_key_required");
}

#[tokio::test]
async fn x8_odd_products_are_refused_and_leave_nothing() {
    let market = market(1).await;
    let path = format!("/api/v1/shops/{}/products", market.shop);
    let with = |name: &str, value| {
        let mut product = dress(1);
        product[name] = value;
        product
    };
    let odd = [
        with("name", json!("")),
        with("name", json!("zero\u{0}byte")),
        with("name", json!("two\nlines")),
        with("price", json!({"minor": 0, "currency": "TZS"})),
        with("price", json!({"minor": -1, "currency": "TZS"})),
        with("price", json!({"minor": 1.5, "currency": "TZS"})),
        with("price", json!({"minor": 1, "currency": "XXX"})),
        with("stock", json!(-1)),
        with("stock", json!(i64::MAX)),
        with("kind", json!("spiritual")),
        with("media_ids", json!(["x".repeat(65)])),
    ];
    for product in odd {
        let reply = market.seller.post(&path, product.clone()).await;
        assert_eq!((reply.status.as_u16(), &reply.json["code"]), (422, &json!("invalid")), "{product}: {}", reply.text);
    }
    assert_eq!(market.count("select count(*) from commerce.product").await, 1);
    for name in ["two\nlines", "two\rlines", "two\u{2028}lines"] {
        market.seller.post("/api/v1/shops", json!({"name": name, "handle": "two_lines"})).await.refused(422, "invalid");
        market.seller.patch(&format!("/api/v1/shops/{}", market.shop), json!({"name": name})).await.refused(422, "invalid");
        market.seller.patch(&format!("/api/v1/products/{}", market.product), json!({"name": name})).await.refused(422, "invalid");
    }
}
