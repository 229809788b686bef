//! Buying what moderators withhold, and what was bought before they did.

use std::time::Duration;

use contracts::commerce::OrderCompleted;
use serde_json::json;
use testkit::Person;

use crate::world::{Market, bank::Mood, market, pay, post};

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
    market.must_not_open(&buyer).await;
    buyer.patch(&waiting, json!({"renew": true})).await.refused(409, "commerce.not_on_sale");
    pay(&buyer, &waiting).await.refused(409, "commerce.not_on_sale");
    market.seller.post("/api/v1/checkouts", market.basket(1)).await.refused(422, "commerce.own_shop");
    // The money that was on its way comes back.
    market.stage.advance(Duration::from_secs(31));
    market.settle().await;
    assert_eq!(late.get(&paying).await.ok()["status"], "cancelled");
    market.must_be_sound().await;
    market.must_go_on(&buyer, &order, "Amina Fabrics").await;
}

impl Market {
    /// Whoever isn't its seller finds nothing to buy, and nothing of the attempt stays.
    async fn must_not_open(&self, buyer: &Person) {
        let rows = "select (select count(*) from commerce.checkout) + (select count(*) from commerce.hold)
                         + (select count(*) from commerce.movement) + (select count(*) from kernel.job)";
        let (before, left) = (self.count(rows).await, self.available().await);
        buyer.post("/api/v1/checkouts", self.basket(1)).await.refused(404, "not_found");
        let form = buyer.form(&format!("/products/{}/buy", self.product), &[("once", "late"), ("quantity", "1")]).await;
        assert_eq!((form.status.as_u16(), self.count(rows).await, self.available().await), (404, before, left));
    }

    /// Both sides of an order see it, and it comes to its end.
    async fn must_go_on(&self, buyer: &Person, order: &str, shop: &str) {
        for (side, shop) in [(buyer, shop), (&self.seller, "Amina Fabrics")] {
            let seen = side.get(order).await.ok();
            assert_eq!((&seen["title"], &seen["shop"]["name"]), (&json!("Kitenge dress"), &json!(shop)));
            let html = side.page(order.strip_prefix("/api/v1").unwrap()).await.html();
            assert!(html.contains("Kitenge dress") && html.contains(shop), "{html}");
        }
        let html = buyer.page("/orders").await.html();
        assert!(html.contains("Kitenge dress") && html.contains(shop), "{html}");
        self.ship(buyer, order).await;
        post(buyer, order, "confirm").await.ok();
        self.settle().await;
        assert_eq!(buyer.get(order).await.ok()["status"], "completed");
        let told = self.stage.told::<OrderCompleted>().await;
        assert_eq!(told.iter().map(|told| told.head.shop_name.as_str()).collect::<Vec<_>>(), [shop]);
        self.must_be_sound().await;
    }
}

#[tokio::test]
async fn p8_nobody_buys_in_a_withheld_shop_and_what_was_bought_goes_on() {
    let market = market(9).await;
    let buyer = market.stage.person();
    let (order, waiting) = (market.buy(&buyer, 1).await, market.check_out(&buyer, 1).await);
    market.stage.tell(&market.of_shop(1, true)).await;
    market.must_not_open(&buyer).await;
    market.seller.post("/api/v1/checkouts", market.basket(1)).await.refused(422, "commerce.own_shop");
    buyer.patch(&waiting, json!({"renew": true})).await.refused(409, "commerce.not_on_sale");
    pay(&buyer, &waiting).await.refused(409, "commerce.not_on_sale");
    market.must_go_on(&buyer, &order, "$amina_fabrics").await;
    // Nothing of the attempts counts: what is given back is renewed and paid.
    market.stage.tell(&market.of_shop(2, false)).await;
    buyer.patch(&waiting, json!({"renew": true})).await.ok();
    assert_eq!(pay(&buyer, &waiting).await.ok()["status"], "paid");
    assert_eq!(buyer.get(&order).await.ok()["shop"]["name"], "Amina Fabrics");
}

#[tokio::test]
async fn p8_what_waits_to_be_paid_says_nothing_that_was_written_since() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let checkout = market.check_out(&buyer, 1).await;
    let page = checkout.strip_prefix("/api/v1").unwrap();
    let html = buyer.page(page).await.html();
    assert!(html.contains("href=\"/shops/amina_fabrics\">Amina Fabrics</a>"), "{html}");
    let (product, shop) = (format!("/api/v1/products/{}", market.product), format!("/api/v1/shops/{}", market.shop));
    market.seller.patch(&shop, json!({"name": "Bad words"})).await.ok();
    market.stage.tell(&market.of_shop(1, true)).await;
    market.seller.patch(&product, json!({"name": "Worse words"})).await.ok();
    assert_eq!(buyer.get(&checkout).await.ok()["shop"]["name"], "$amina_fabrics");
    for path in [page, "/orders"] {
        let html = buyer.page(path).await.html();
        assert!(html.contains("Kitenge dress") && !html.contains("words"), "{path}: {html}");
    }
    let html = buyer.page(page).await.html();
    assert!(html.contains("$amina_fabrics") && !html.contains("/shops/"), "it leads nowhere: {html}");
}

#[tokio::test]
async fn p8_a_checkout_of_something_withheld_since_says_so_and_is_cancelled_to_a_page_that_is_there() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let (first, second) = (market.check_out(&buyer, 1).await, market.check_out(&buyer, 1).await);
    let page = |checkout: &str| checkout.strip_prefix("/api/v1").unwrap().to_owned();
    market.stage.tell(&market.of_product(1, true)).await;
    for (verb, fields) in [("renew", &[][..]), ("pay", &[("once", "p")])] {
        let said = buyer.form(&format!("{}/{verb}", page(&first)), fields).await;
        assert!(said.status == 409 && said.text.contains("This is no longer on sale."), "{verb}: {}", said.text);
    }
    let cancelled = buyer.form(&format!("{}/cancel", page(&first)), &[]).await;
    assert_eq!(cancelled.leads_to(), "/feed");
    assert!(cancelled.headers.contains_key("set-cookie"), "and it is said there");
    assert_eq!((buyer.get(&first).await.ok()["status"].clone(), market.available().await), (json!("cancelled"), 2));
    market.stage.tell(&market.of_product(2, false)).await;
    let product = format!("/products/{}", market.product);
    assert_eq!(buyer.form(&format!("{}/cancel", page(&second)), &[]).await.leads_to(), product);
    market.must_be_sound().await;
}
