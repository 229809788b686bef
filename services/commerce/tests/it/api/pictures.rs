//! Pictures of products.

use contracts::ids::Media;
use kernel::Id;
use serde_json::{Value, json};

use crate::world::{Market, dress, market, text};

/// Uploads of the seller's that are still worked on.
fn uploads(market: &Market, count: usize) -> Vec<Id<Media>> {
    let new = (0..count).map(|_| market.stage.id());
    new.inspect(|media| market.album.upload(market.seller.id, *media)).collect()
}

async fn shown(market: &Market) -> Vec<Value> {
    let product = market.stage.anonymous().get(&format!("/api/v1/products/{}", market.product)).await.ok();
    product["pictures"].as_array().unwrap().iter().map(|picture| picture["id"].clone()).collect()
}

#[tokio::test]
async fn c2_a_product_shows_its_pictures_in_their_order_as_they_become_ready() {
    let market = market(1).await;
    let media = uploads(&market, 3);
    let early = market.album.finish(media[1]);
    let named = json!({"media_ids": media});
    let product = market.seller.patch(&format!("/api/v1/products/{}", market.product), named).await.ok();
    assert_eq!(
        (&product["media_ids"], product["pictures"].as_array().unwrap().len()),
        (&json!(media), 1),
        "what is ready is there at once"
    );
    assert_eq!(
        product["pictures"][0]["variants"][0]["url"],
        format!("http://nexgate.test/media/public/{}/thumb-0123456789abcdef0123456789abcdef.webp", media[1])
    );
    let card = async || {
        market.stage.anonymous().get(&format!("/api/v1/products?shop={}", market.shop)).await.ok()["items"][0]["picture"]["id"]
            .clone()
    };
    assert_eq!(card().await, json!(media[1]));
    for late in [media[2], media[0]] {
        market.stage.tell(&market.album.finish(late)).await;
    }
    market.stage.tell(&early).await;
    assert_eq!(shown(&market).await, [json!(media[0]), json!(media[1]), json!(media[2])]);
    assert_eq!(card().await, json!(media[0]));
    let gone = market.album.delete(media[0]);
    market.stage.tell(&gone).await;
    market
        .stage
        .tell(&contracts::files::MediaReady { media: media[0], version: 2, owner: market.seller.id, picture: early.picture })
        .await;
    assert_eq!(shown(&market).await, [json!(media[1]), json!(media[2])], "late news brings nothing back");
}

#[tokio::test]
async fn x8_only_the_sellers_own_pictures_can_be_named_each_once_and_ten_at_most() {
    let market = market(1).await;
    let (mine, stranger) = (uploads(&market, 11), market.stage.person());
    let theirs = market.stage.id();
    market.album.upload(stranger.id, theirs);
    let product = format!("/api/v1/products/{}", market.product);
    for odd in [json!([theirs]), json!([mine[0], mine[0]]), json!([market.stage.id::<Media>()])] {
        let refused = market.seller.patch(&product, json!({"media_ids": odd})).await;
        refused.refused(422, "invalid");
        assert_eq!(refused.json["errors"][0]["code"], "commerce.media_unknown");
        let mut new = dress(1);
        new["media_ids"] = odd;
        market.seller.post(&format!("/api/v1/shops/{}/products", market.shop), new).await.refused(422, "invalid");
    }
    market.seller.patch(&product, json!({"media_ids": mine})).await.refused(422, "invalid");
    assert_eq!(market.count("select count(*) from commerce.product").await, 1);
    // Somebody else's picture, however it came to be named, is shown nowhere.
    market.stage.tell(&market.album.finish(theirs)).await;
    sqlx::query("update commerce.product set pictures = array[$1]")
        .bind(theirs.uuid())
        .execute(&market.stage.database.owner)
        .await
        .unwrap();
    assert!(shown(&market).await.is_empty());
}

#[tokio::test]
async fn what_is_not_named_stays_and_an_empty_list_takes_all_away() {
    let market = market(1).await;
    let media = uploads(&market, 1);
    market.album.finish(media[0]);
    let product = format!("/api/v1/products/{}", market.product);
    market.seller.patch(&product, json!({"media_ids": media})).await.ok();
    assert_eq!(
        text(&market.seller.patch(&product, json!({"name": "Red dress"})).await.ok()["pictures"][0]["id"]),
        media[0].to_string()
    );
    assert_eq!(market.seller.patch(&product, json!({"media_ids": []})).await.ok()["pictures"], json!([]));
}
