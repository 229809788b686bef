//! People buy, and sellers do what is left to do until every order stands where it should.

use serde_json::{Value, json};

use super::{
    market::{Goal, Market},
    people::{Cast, fill, find},
    shops::{Shelf, Shelves},
    visitor::{Login, Node, text},
};

pub async fn deal(node: &Node, cast: &Cast, market: &Market, shelves: &Shelves) -> Result<(), String> {
    for order in &market.orders {
        let shelf = shelves.get(&order.product).ok_or_else(|| format!("nobody sells {}", order.product))?;
        let (buyer, seller) = (find(cast, &order.buyer)?, find(cast, &shelf.seller)?);
        let mine = node.all(buyer, "orders").await?;
        let bought = mine.iter().find(|bought| bought["title"] == order.product.as_str());
        let id = match bought {
            Some(bought) => text(bought, "id")?,
            None => buy(node, buyer, &order.buyer, shelf).await?,
        };
        advance(node, buyer, seller, &id, order.goal).await?;
    }
    Ok(())
}

async fn buy(node: &Node, buyer: &Login, name: &str, shelf: &Shelf) -> Result<String, String> {
    fill(node, buyer, shelf.price).await?;
    let address = json!({"name": name, "phone": "+255712000001", "region": "Dar es Salaam", "district": "Ilala",
        "landmark": "Behind the mosque, the blue gate"});
    let body = json!({"source": {"variant_id": shelf.variant, "quantity": 1}, "shipping": {"address": address}});
    let wish = format!("{}-{}", buyer.id, shelf.variant);
    let checkout = text(&node.post(Some(buyer), "checkouts", &format!("demo-checkout-{wish}"), &body).await?, "id")?;
    let paid = node
        .post(Some(buyer), &format!("checkouts/{checkout}/pay"), &format!("demo-pay-{wish}"), &json!({"method": "wallet"}))
        .await?;
    text(&paid, "order_id")
}

/// Takes every step that is missing, and none that has been taken.
async fn advance(node: &Node, buyer: &Login, seller: &Login, id: &str, goal: Goal) -> Result<(), String> {
    let path = format!("orders/{id}");
    let order = node.get(buyer, &path).await?;
    let stands = |fulfilment: &[&str], order: &Value| {
        order["status"] == "open" && order["fulfilment"].as_str().is_some_and(|now| fulfilment.contains(&now))
    };
    let step = async |who: &Login, verb: &str, body: Value| {
        node.post(Some(who), &format!("{path}/{verb}"), &format!("demo-{verb}-{id}"), &body).await
    };
    if goal == Goal::Cancelled {
        return if stands(&["waiting", "accepted"], &order) { step(buyer, "cancel", json!({})).await.map(drop) } else { Ok(()) };
    }
    if goal >= Goal::Accepted && stands(&["waiting"], &order) {
        step(seller, "accept", json!({})).await?;
    }
    if goal >= Goal::Shipped && stands(&["waiting", "accepted"], &order) {
        step(seller, "ship", json!({"carrier": "Dar Express", "tracking": format!("DX {}", id.get(20..26).unwrap_or("000000"))}))
            .await?;
    }
    if goal >= Goal::Delivered && stands(&["waiting", "accepted", "shipped"], &order) {
        let code = text(&node.get(buyer, &path).await?, "handover_code")?;
        step(seller, "deliver", json!({"handover_code": code})).await?;
    }
    Ok(())
}
