//! What neighbours ask.

use contracts::{auth::AccountLocked, commerce::ProductCards};
use serde_json::json;

use crate::world::{add_product, market};

#[tokio::test]
async fn s2_cards_keep_the_order_asked_and_leave_out_what_is_not_there() {
    let market = market(3).await;
    let (other, _) = add_product(&market.seller, &market.shop, 0).await;
    let ids = [other.as_str(), &market.stage.id::<contracts::ids::Product>().to_string(), &market.product]
        .map(|id| id.parse().unwrap());
    market.check_out(&market.stage.person(), 1).await;
    let cards = market.stage.node.ask(ProductCards { products: ids.to_vec() }).await.unwrap();
    let seen: Vec<_> = cards.iter().map(|card| (card.id.to_string(), card.available, card.on_sale)).collect();
    assert_eq!(seen, [(other, 0, true), (market.product.clone(), 2, true)]);
    let card = &cards[1];
    assert_eq!((card.variant.to_string(), card.price.minor(), card.seller), (market.variant, 1_250_000, market.seller.id));
    assert_eq!((card.shop_handle.as_str(), card.shop_name.as_str()), ("amina_fabrics", "Amina Fabrics"));
}

#[tokio::test]
async fn s2_what_is_archived_closed_or_locked_is_not_on_sale() {
    let market = market(3).await;
    let card = async || {
        let products = vec![market.product.parse().unwrap()];
        market.stage.node.ask(ProductCards { products }).await.unwrap()[0].on_sale
    };
    let (shop, product) = (format!("/api/v1/shops/{}", market.shop), format!("/api/v1/products/{}", market.product));
    market.seller.post(&format!("{product}/archive"), json!({})).await;
    assert!(!card().await);
    market.seller.post(&format!("{product}/publish"), json!({})).await;
    assert!(card().await);
    market.seller.patch(&shop, json!({"open": false})).await.ok();
    assert!(!card().await);
    market.seller.patch(&shop, json!({"open": true})).await.ok();
    market.stage.tell(&AccountLocked { user: market.seller.id, version: 2 }).await;
    assert!(!card().await);
}
