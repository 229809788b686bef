//! Shops.

use contracts::commerce::ShopChanged;
use serde_json::json;

use crate::world::{dress, market};

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
    let told: Vec<_> = market.stage.told::<ShopChanged>().await.into_iter().map(|fact| (fact.version, fact.name)).collect();
    assert_eq!(told, [(1, "Amina Fabrics".into()), (2, "Amina".into())]);
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
