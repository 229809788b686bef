//! What is shown of goods to whoever takes reports, and to moderators who look again.

use contracts::{
    auth::AccountErased,
    commerce::{ProductExhibit, ShopExhibit},
    profile::Exhibit,
};
use serde_json::json;

use crate::world::{Market, market};

impl Market {
    async fn product_exhibit(&self, withheld_too: bool) -> Option<Exhibit> {
        let product = self.product.parse().unwrap();
        self.stage.node.ask(ProductExhibit { product, withheld_too }).await.unwrap()
    }

    async fn shop_exhibit(&self, withheld_too: bool) -> Option<Exhibit> {
        let shop = self.shop.parse().unwrap();
        self.stage.node.ask(ShopExhibit { shop, withheld_too }).await.unwrap()
    }
}

#[tokio::test]
async fn p8_goods_are_shown_to_whoever_takes_reports_while_others_see_them() {
    let market = market(3).await;
    let (product, shop) = (format!("/api/v1/products/{}", market.product), format!("/api/v1/shops/{}", market.shop));
    let media: Vec<_> = (0..2).map(|_| market.stage.id()).collect();
    for one in &media {
        market.album.upload(market.seller.id, *one);
    }
    market.album.finish(media[1]);
    let seen = market.seller.patch(&product, json!({"media_ids": media})).await.ok();
    market.seller.patch(&shop, json!({"description": "From Kariakoo."})).await.ok();
    let shown = market.product_exhibit(false).await.unwrap();
    assert_eq!(
        (shown.owner, shown.title.as_str(), shown.words.as_str()),
        (market.seller.id, "Kitenge dress", "TZS 12,500\n$amina_fabrics\nCotton, all sizes")
    );
    assert_eq!((json!(shown.pictures), shown.pictures.len()), (seen["pictures"].clone(), 1), "those that are ready");
    let of_shop = Exhibit {
        owner: market.seller.id,
        title: "Amina Fabrics".into(),
        words: "$amina_fabrics\nFrom Kariakoo.".into(),
        pictures: Vec::new(),
    };
    assert_eq!(market.shop_exhibit(false).await, Some(of_shop.clone()));
    market.stage.tell(&market.of_product(1, true)).await;
    assert_eq!((market.product_exhibit(false).await, market.shop_exhibit(false).await), (None, Some(of_shop)));
    market.stage.tell(&market.of_product(2, false)).await;
    market.stage.tell(&market.of_shop(1, true)).await;
    assert_eq!((market.product_exhibit(false).await, market.shop_exhibit(false).await), (None, None));
    market.stage.tell(&market.of_shop(2, false)).await;
    market.seller.post(&format!("{product}/archive"), json!({})).await;
    assert_eq!(market.product_exhibit(false).await, None, "it isn't on the shelf");
    market.stage.tell(&AccountErased { user: market.seller.id, version: 2 }).await;
    assert_eq!(market.shop_exhibit(false).await, None, "erased");
}

#[tokio::test]
async fn p8_moderators_look_at_goods_that_are_withheld_and_at_nothing_else_besides() {
    let market = market(3).await;
    let product = format!("/api/v1/products/{}", market.product);
    let (shown, shop) = (market.product_exhibit(false).await.unwrap(), market.shop_exhibit(false).await.unwrap());
    assert_eq!((shop.words.as_str(), shown.words.lines().next()), ("$amina_fabrics", Some("TZS 12,500")));
    for (version, product, shop_too) in [(1, true, true), (2, true, false), (3, false, true)] {
        market.stage.tell(&market.of_product(version, product)).await;
        market.stage.tell(&market.of_shop(version, shop_too)).await;
        assert_eq!(market.product_exhibit(false).await, None);
        assert_eq!(market.shop_exhibit(false).await.is_none(), shop_too);
        assert_eq!(market.product_exhibit(true).await.as_ref(), Some(&shown));
        assert_eq!(market.shop_exhibit(true).await.as_ref(), Some(&shop));
    }
    market.seller.post(&format!("{product}/archive"), json!({})).await;
    assert_eq!(market.product_exhibit(true).await, None, "it isn't on the shelf");
    for withheld_too in [false, true] {
        let gone = ProductExhibit { product: market.stage.id(), withheld_too };
        assert_eq!(market.stage.node.ask(gone).await.unwrap(), None);
        let gone = ShopExhibit { shop: market.stage.id(), withheld_too };
        assert_eq!(market.stage.node.ask(gone).await.unwrap(), None);
    }
    market.stage.tell(&AccountErased { user: market.seller.id, version: 2 }).await;
    assert_eq!(market.shop_exhibit(true).await, None, "erased");
}
