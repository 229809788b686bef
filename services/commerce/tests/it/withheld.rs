//! What moderators withhold, at every door.

use std::time::Duration;

use contracts::{
    commerce::{OrderCompleted, ProductCards, ProductExhibit, ShopExhibit},
    profile::{Exhibit, ProductModerated, ShopModerated},
};
use serde_json::{Value, json};

use crate::{
    web::in_swahili,
    world::{Market, add_product, bank::Mood, market, pay, post, text},
};

impl Market {
    /// A decision about the market's product.
    fn of_product(&self, version: i64, withheld: bool) -> ProductModerated {
        ProductModerated { product: self.product.parse().unwrap(), version, withheld }
    }

    /// A decision about the market's shop.
    fn of_shop(&self, version: i64, withheld: bool) -> ShopModerated {
        ShopModerated { shop: self.shop.parse().unwrap(), version, withheld }
    }

    /// Whether neighbours are told what the market's product looks like.
    async fn has_card(&self) -> bool {
        let products = vec![self.product.parse().unwrap()];
        !self.stage.node.ask(ProductCards { products }).await.unwrap().is_empty()
    }

    async fn product_exhibit(&self) -> Option<Exhibit> {
        self.stage.node.ask(ProductExhibit { product: self.product.parse().unwrap() }).await.unwrap()
    }

    async fn shop_exhibit(&self) -> Option<Exhibit> {
        self.stage.node.ask(ShopExhibit { shop: self.shop.parse().unwrap() }).await.unwrap()
    }
}

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|card| text(&card["id"])).collect()
}

#[tokio::test]
async fn p8_a_withheld_product_is_there_for_its_owner_only() {
    let market = market(3).await;
    let (buyer, nobody) = (market.stage.person(), market.stage.anonymous());
    let (path, page) = (format!("/api/v1/products/{}", market.product), format!("/products/{}", market.product));
    let (other, _) = add_product(&market.seller, &market.shop, 1).await;
    market.stage.tell(&market.of_product(1, true)).await;
    for somebody in [&buyer, &nobody] {
        somebody.get(&path).await.refused(404, "not_found");
        assert_eq!(somebody.page(&page).await.status, 404);
        let shelf = somebody.get(&format!("/api/v1/products?shop={}", market.shop)).await.ok();
        assert_eq!(ids(&shelf), std::slice::from_ref(&other));
        assert!(!somebody.page("/shops/amina_fabrics").await.html().contains(&page));
    }
    assert!(!market.has_card().await);
    let seen = market.seller.get(&path).await.ok();
    assert_eq!((&seen["withheld"], &seen["on_sale"], &seen["status"]), (&json!(true), &json!(false), &json!("active")));
    let (html, notice) = (market.seller.page(&page).await.html(), "Only you see this product: it was withheld.");
    assert!(html.contains(notice) && html.contains("href=\"/me/cases\"") && html.contains("Not for sale"), "{html}");
    assert!(!html.contains("/compose?product="), "nobody would see it there: {html}");
    assert!(market.seller.page(&format!("{page}/edit")).await.html().contains(notice));
    let own = market.seller.get(&format!("/api/v1/products?shop={}", market.shop)).await.ok();
    assert_eq!(ids(&own), std::slice::from_ref(&other), "it stands on no shelf");
    let desk = market.seller.page("/sell/amina_fabrics").await.html();
    assert!(desk.contains(&format!("href=\"{page}/edit\"")) && !desk.contains(&other), "{desk}");
    // Putting it on the shelf is no way out.
    assert_eq!(market.seller.post(&format!("{path}/publish"), json!({})).await.status, 204);
    buyer.get(&path).await.refused(404, "not_found");
    market.stage.tell(&market.of_product(2, false)).await;
    let seen = buyer.get(&path).await.ok();
    assert_eq!((seen.get("withheld"), &seen["on_sale"], market.has_card().await), (None, &json!(true), true));
    assert!(!market.seller.page("/sell/amina_fabrics").await.html().contains(&format!("{page}/edit")));
    assert!(!market.seller.page(&page).await.html().contains(notice));
}

#[tokio::test]
async fn p8_of_decisions_about_goods_the_newest_counts_however_often_they_come() {
    let market = market(3).await;
    let nobody = market.stage.anonymous();
    let (product, shop) = (format!("/api/v1/products/{}", market.product), format!("/api/v1/shops/{}", market.shop));
    let first = [market.stage.envelope(&market.of_product(1, true)), market.stage.envelope(&market.of_shop(1, true))];
    for fact in &first {
        market.stage.node.deliver(fact).await.unwrap();
    }
    nobody.get(&product).await.refused(404, "not_found");
    nobody.get(&shop).await.refused(404, "not_found");
    market.stage.tell(&market.of_product(2, false)).await;
    market.stage.tell(&market.of_shop(2, false)).await;
    for fact in &first {
        market.stage.node.deliver(fact).await.unwrap();
    }
    market.stage.tell(&market.of_product(1, true)).await;
    market.stage.tell(&market.of_shop(1, true)).await;
    nobody.get(&product).await.ok();
    nobody.get(&shop).await.ok();
    market.stage.tell(&market.of_product(4, true)).await;
    market.stage.tell(&market.of_product(3, false)).await;
    nobody.get(&product).await.refused(404, "not_found");
    market.stage.tell(&market.of_shop(4, true)).await;
    market.stage.tell(&market.of_shop(3, false)).await;
    nobody.get(&shop).await.refused(404, "not_found");
    // What isn't here is nothing to us.
    market.stage.tell(&ProductModerated { product: market.stage.id(), version: 1, withheld: true }).await;
    market.stage.tell(&ShopModerated { shop: market.stage.id(), version: 1, withheld: true }).await;
    assert_eq!(market.count("select count(*) from kernel.inbox where state <> 'done'").await, 0);
}

#[tokio::test]
async fn p8_nobody_buys_a_withheld_product_and_what_was_bought_goes_on() {
    let market = market(9).await;
    let (buyer, late) = (market.stage.person(), market.stage.person());
    let order = market.buy(&buyer, 1).await;
    let (waiting, paying) = (market.check_out(&buyer, 1).await, market.check_out(&late, 1).await);
    market.bank.behaves(Mood::LosesAnswers);
    pay(&late, &paying).await.refused(503, "unavailable");
    market.bank.behaves(Mood::Willing);
    market.stage.tell(&market.of_product(1, true)).await;
    buyer.post("/api/v1/checkouts", market.basket(1)).await.refused(409, "commerce.not_on_sale");
    pay(&buyer, &waiting).await.refused(409, "commerce.not_on_sale");
    market.seller.post("/api/v1/checkouts", market.basket(1)).await.refused(422, "commerce.own_shop");
    // The money that was on its way comes back.
    market.stage.advance(Duration::from_secs(31));
    market.settle().await;
    assert_eq!(late.get(&paying).await.ok()["status"], "cancelled");
    market.must_be_sound().await;
    market.must_go_on(&buyer, &order).await;
}

impl Market {
    /// Both sides of an order see it, and it comes to its end.
    async fn must_go_on(&self, buyer: &testkit::Person, order: &str) {
        for side in [buyer, &self.seller] {
            assert_eq!(side.get(order).await.ok()["title"], "Kitenge dress");
            let html = side.page(order.strip_prefix("/api/v1").unwrap()).await.html();
            assert!(html.contains("Kitenge dress") && html.contains("Amina Fabrics"), "{html}");
        }
        assert!(buyer.page("/orders").await.html().contains("Kitenge dress"));
        self.ship(buyer, order).await;
        post(buyer, order, "confirm").await.ok();
        self.settle().await;
        assert_eq!(buyer.get(order).await.ok()["status"], "completed");
        assert_eq!(self.stage.told::<OrderCompleted>().await.len(), 1);
        self.must_be_sound().await;
    }
}

#[tokio::test]
async fn p8_a_withheld_shop_and_what_it_sells_are_there_for_its_owner_only() {
    let market = market(3).await;
    let (buyer, nobody) = (market.stage.person(), market.stage.anonymous());
    let (product, shelf) = (format!("/products/{}", market.product), format!("/api/v1/products?shop={}", market.shop));
    let api = [
        format!("/api/v1/shops/{}", market.shop),
        "/api/v1/shops/amina_fabrics".into(),
        format!("/api/v1{product}"),
        shelf.clone(),
    ];
    let pages = ["/shops/amina_fabrics".to_owned(), format!("/shops/{}", market.shop), product.clone()];
    market.stage.tell(&market.of_shop(1, true)).await;
    for somebody in [&buyer, &nobody] {
        for path in &api {
            somebody.get(path).await.refused(404, "not_found");
        }
        for page in &pages {
            assert_eq!(somebody.page(page).await.status, 404, "{page}");
        }
    }
    assert!(!market.has_card().await);
    let shop = market.seller.get(&api[0]).await.ok();
    assert_eq!((&shop["withheld"], &shop["open"]), (&json!(true), &json!(false)));
    let seen = market.seller.get(&api[2]).await.ok();
    assert_eq!((seen.get("withheld"), &seen["on_sale"]), (None, &json!(false)), "it is the shop that is withheld");
    assert_eq!(ids(&market.seller.get(&shelf).await.ok()), std::slice::from_ref(&market.product));
    for page in &pages {
        let html = market.seller.page(page).await.html();
        assert!(html.contains("Only you see this shop") && html.contains("href=\"/me/cases\""), "{page}: {html}");
    }
    assert!(market.seller.page("/sell").await.html().contains("Only you see it"));
    market.stage.tell(&market.of_shop(2, false)).await;
    for path in &api {
        nobody.get(path).await.ok();
    }
    assert_eq!((nobody.get(&api[0]).await.ok().get("withheld"), market.has_card().await), (None, true));
}

#[tokio::test]
async fn p8_nobody_buys_in_a_withheld_shop_and_what_was_bought_goes_on() {
    let market = market(9).await;
    let buyer = market.stage.person();
    let (order, waiting) = (market.buy(&buyer, 1).await, market.check_out(&buyer, 1).await);
    market.stage.tell(&market.of_shop(1, true)).await;
    buyer.post("/api/v1/checkouts", market.basket(1)).await.refused(409, "commerce.shop_closed");
    pay(&buyer, &waiting).await.refused(409, "commerce.shop_closed");
    market.must_go_on(&buyer, &order).await;
}

#[tokio::test]
async fn p8_a_shop_that_was_changed_while_it_was_withheld_is_as_open_as_before() {
    let market = market(1).await;
    let nobody = market.stage.anonymous();
    market.stage.tell(&market.of_shop(1, true)).await;
    let form = market.seller.page("/sell/amina_fabrics").await.html();
    assert!(form.contains("name=\"open\" value=\"yes\" checked"), "its owner means it to be open: {form}");
    let changes = [("name", "Amina Cloth"), ("description", ""), ("open", "yes")];
    assert_eq!(market.seller.form("/sell/amina_fabrics", &changes).await.leads_to(), "/shops/amina_fabrics");
    market.stage.tell(&market.of_shop(2, false)).await;
    let shop = nobody.get("/api/v1/shops/amina_fabrics").await.ok();
    assert_eq!((&shop["name"], &shop["open"]), (&json!("Amina Cloth"), &json!(true)));
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
    let shown = market.product_exhibit().await.unwrap();
    assert_eq!(
        (shown.owner, shown.title.as_str(), shown.words.as_str()),
        (market.seller.id, "Kitenge dress", "Cotton, all sizes")
    );
    assert_eq!((json!(shown.pictures), shown.pictures.len()), (seen["pictures"].clone(), 1), "those that are ready");
    let of_shop = Exhibit {
        owner: market.seller.id,
        title: "Amina Fabrics".into(),
        words: "$amina_fabrics\nFrom Kariakoo.".into(),
        pictures: Vec::new(),
    };
    assert_eq!(market.shop_exhibit().await, Some(of_shop.clone()));
    market.stage.tell(&market.of_product(1, true)).await;
    assert_eq!((market.product_exhibit().await, market.shop_exhibit().await), (None, Some(of_shop)));
    market.stage.tell(&market.of_product(2, false)).await;
    market.stage.tell(&market.of_shop(1, true)).await;
    assert_eq!((market.product_exhibit().await, market.shop_exhibit().await), (None, None));
    market.stage.tell(&market.of_shop(2, false)).await;
    market.seller.post(&format!("{product}/archive"), json!({})).await;
    assert_eq!(market.product_exhibit().await, None, "it isn't on the shelf");
    let gone = (ProductExhibit { product: market.stage.id() }, ShopExhibit { shop: market.stage.id() });
    assert_eq!(market.stage.node.ask(gone.0).await.unwrap(), None);
    assert_eq!(market.stage.node.ask(gone.1).await.unwrap(), None);
    market.stage.tell(&contracts::auth::AccountErased { user: market.seller.id, version: 2 }).await;
    assert_eq!(market.shop_exhibit().await, None, "erased");
}

#[tokio::test]
async fn p8_whoever_is_signed_in_may_report_goods_that_are_not_theirs() {
    let market = market(3).await;
    let (buyer, nobody) = (market.stage.person(), market.stage.anonymous());
    for (page, thing, id) in [
        (format!("/products/{}", market.product), "product", &market.product),
        ("/shops/amina_fabrics".into(), "shop", &market.shop),
    ] {
        let link = format!("href=\"/report?thing={thing}&amp;id={id}\"");
        assert!(buyer.page(&page).await.html().contains(&link), "{page}");
        assert!(in_swahili(&buyer, &page).await.contains(">Ripoti<"), "{page}");
        for other in [&market.seller, &nobody] {
            assert!(!other.page(&page).await.html().contains("/report?"), "{page}");
        }
    }
}
