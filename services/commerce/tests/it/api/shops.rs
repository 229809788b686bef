//! Shops, products and shelves.

use serde_json::json;

use crate::{add_product, dress, market, open_shop, text};

#[tokio::test]
async fn c1_a_shop_is_found_by_id_and_by_handle_in_any_case() {
    let market = market(3).await;
    for name in [market.shop.as_str(), "amina_fabrics", "Amina_Fabrics", "$amina_fabrics"] {
        let shop = market.stage.anonymous().get(&format!("/api/v1/shops/{name}")).await.ok();
        assert_eq!((&shop["id"], &shop["handle"]), (&json!(market.shop), &json!("amina_fabrics")));
    }
    market.stage.anonymous().get("/api/v1/shops/nobody").await.refused(404, "not_found");
    let other = market.stage.person();
    let taken = json!({"name": "Other", "handle": "AMINA_fabrics"});
    other.post("/api/v1/shops", taken).await.refused(409, "commerce.handle_taken");
    let odd = other.post("/api/v1/shops", json!({"name": "Other", "handle": "a b"})).await;
    odd.refused(422, "invalid");
    assert_eq!(odd.json["errors"][0]["code"], "commerce.handle_invalid");
}

#[tokio::test]
async fn c1_only_its_owner_changes_a_shop_and_its_products() {
    let market = market(3).await;
    let (stranger, nobody) = (market.stage.person(), market.stage.anonymous());
    let (shop, product) = (format!("/api/v1/shops/{}", market.shop), format!("/api/v1/products/{}", market.product));
    for (person, status, code) in [(&stranger, 404, "not_found"), (&nobody, 401, "unauthenticated")] {
        person.patch(&shop, json!({"name": "Mine"})).await.refused(status, code);
        person.post(&format!("{shop}/products"), dress(1)).await.refused(status, code);
        person.patch(&product, json!({"name": "Mine"})).await.refused(status, code);
        person.post(&format!("{product}/archive"), json!({})).await.refused(status, code);
        person.post(&format!("{product}/publish"), json!({})).await.refused(status, code);
        let stock = format!("/api/v1/variants/{}/stock", market.variant);
        person.post(&stock, json!({"change": 1, "reason": "mine"})).await.refused(status, code);
    }
    let changed = market.seller.patch(&shop, json!({"name": "Amina", "description": "Kariakoo"})).await.ok();
    assert_eq!(
        (&changed["name"], &changed["description"], &changed["open"]),
        (&json!("Amina"), &json!("Kariakoo"), &json!(true))
    );
    let price = json!({"minor": 900_000, "currency": "TZS"});
    let changed = market.seller.patch(&product, json!({"price": price})).await.ok();
    assert_eq!((&changed["price"], &changed["ladder"][0]["price"], &changed["name"]), (&price, &price, &json!("Kitenge dress")));
}

#[tokio::test]
async fn c1_nothing_is_sold_while_the_shop_is_on_holiday() {
    let market = market(3).await;
    let (buyer, shop) = (market.stage.person(), format!("/api/v1/shops/{}", market.shop));
    market.seller.patch(&shop, json!({"open": false})).await.ok();
    buyer.post("/api/v1/checkouts", market.basket(1)).await.refused(409, "commerce.shop_closed");
    let product = buyer.get(&format!("/api/v1/products/{}", market.product)).await.ok();
    assert_eq!((&product["on_sale"], &product["status"]), (&json!(false), &json!("active")));
    market.seller.patch(&shop, json!({"open": true})).await.ok();
    market.check_out(&buyer, 1).await;
}

#[tokio::test]
async fn x6_for_whom_the_seller_is_not_there_nothing_of_theirs_is_but_open_orders() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    market.absent.lock().unwrap().insert(market.seller.id);
    let paths = [
        format!("/api/v1/shops/{}", market.shop),
        "/api/v1/shops/amina_fabrics".to_owned(),
        format!("/api/v1/products/{}", market.product),
        format!("/api/v1/products?shop={}", market.shop),
    ];
    for path in &paths {
        buyer.get(path).await.refused(404, "not_found");
        market.stage.anonymous().get(path).await.refused(404, "not_found");
        market.seller.get(path).await.ok();
    }
    buyer.post("/api/v1/checkouts", market.basket(1)).await.refused(404, "not_found");
    assert_eq!(buyer.get(&order).await.ok()["status"], "open");
    market.seller.post(&format!("{order}/ship"), json!({"carrier": "Bus"})).await.ok();
    market.must_be_sound().await;
}

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
