//! What moderators withhold, at every door.

mod buying;
mod exhibits;

use contracts::{
    commerce::{ProductCards, ShopChanged},
    profile::{ProductModerated, ShopModerated},
};
use serde_json::{Value, json};

use crate::{
    web::in_swahili,
    world::{Market, add_product, market, text},
};

const HIDDEN: &str = "<span class=\"badge warm\">Hidden</span>";
const NOTICE: &str = "Nobody but you sees this shop and what it sells: a moderator has hidden it.";

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
    let (html, notice) = (market.seller.page(&page).await.html(), "Nobody but you sees this product: a moderator has hidden it.");
    assert!(html.contains(notice) && html.contains("href=\"/me/cases\"") && html.contains("Not for sale"), "{html}");
    assert!(!html.contains("/compose?product="), "nobody would see it there: {html}");
    assert!(market.seller.page(&format!("{page}/edit")).await.html().contains(notice));
    let own = market.seller.get(&format!("/api/v1/products?shop={}", market.shop)).await.ok();
    assert_eq!(ids(&own), std::slice::from_ref(&other), "it stands on no shelf");
    let desk = market.seller.page("/sell/amina_fabrics").await.html();
    assert!(desk.contains(&format!("href=\"{page}/edit\"")) && !desk.contains(&other), "{desk}");
    assert!(in_swahili(&market.seller, &page).await.contains("Ni wewe tu unayeona bidhaa hii: msimamizi ameificha."));
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
        assert!(html.contains(NOTICE) && html.contains("href=\"/me/cases\""), "{page}: {html}");
    }
    assert!(market.seller.page("/sell").await.html().contains(HIDDEN));
    market.stage.tell(&market.of_shop(2, false)).await;
    for path in &api {
        nobody.get(path).await.ok();
    }
    assert_eq!((nobody.get(&api[0]).await.ok().get("withheld"), market.has_card().await), (None, true));
}

#[tokio::test]
async fn p8_a_shop_that_was_changed_while_it_was_withheld_is_as_open_as_before() {
    let market = market(1).await;
    let nobody = market.stage.anonymous();
    market.stage.tell(&market.of_shop(1, true)).await;
    let form = market.seller.page("/sell/amina_fabrics").await.html();
    assert!(form.contains("name=\"open\" value=\"yes\" checked"), "its owner means it to be open: {form}");
    let changes = [("name", "Amina Fabrics"), ("description", "Better words."), ("open", "yes")];
    assert_eq!(market.seller.form("/sell/amina_fabrics", &changes).await.leads_to(), "/shops/amina_fabrics");
    market.stage.tell(&market.of_shop(2, false)).await;
    let shop = nobody.get("/api/v1/shops/amina_fabrics").await.ok();
    assert_eq!((&shop["description"], &shop["open"]), (&json!("Better words."), &json!(true)));
}

#[tokio::test]
async fn p8_a_withheld_shop_keeps_its_name_and_its_owner_mends_the_rest() {
    let market = market(1).await;
    let shop = format!("/api/v1/shops/{}", market.shop);
    market.stage.tell(&market.of_shop(1, true)).await;
    let told = market.stage.told::<ShopChanged>().await.len();
    let renamed = json!({"name": "Amina Cloth", "description": "Never kept."});
    market.seller.patch(&shop, renamed.clone()).await.refused(409, "commerce.shop_withheld");
    assert_eq!(market.seller.get(&shop).await.ok()["description"], "", "all of it is refused");
    let form = [("name", "Amina Cloth"), ("description", "Typed.")];
    let said = market.seller.form("/sell/amina_fabrics", &form).await;
    assert!(said.status == 409 && said.text.contains("While the shop is hidden, its name stays as it is."), "{}", said.text);
    assert!(said.text.contains("Typed.</textarea>") && said.text.contains(NOTICE), "what was typed stays: {}", said.text);
    assert_eq!(market.stage.told::<ShopChanged>().await.len(), told);
    market.stage.person().patch(&shop, renamed.clone()).await.refused(404, "not_found");
    let mended = market.seller.patch(&shop, json!({"name": "Amina Fabrics", "description": "Better words."})).await.ok();
    assert_eq!((&mended["name"], &mended["description"]), (&json!("Amina Fabrics"), &json!("Better words.")));
    let product = format!("/api/v1/products/{}", market.product);
    assert_eq!(market.seller.patch(&product, json!({"name": "Long dress"})).await.ok()["name"], "Long dress");
    market.stage.tell(&market.of_shop(2, false)).await;
    assert_eq!(market.seller.patch(&shop, renamed).await.ok()["name"], "Amina Cloth");
}

#[tokio::test]
async fn p8_the_desk_says_what_is_hidden() {
    let market = market(3).await;
    let (archived, _) = add_product(&market.seller, &market.shop, 1).await;
    market.seller.post(&format!("/api/v1/products/{archived}/archive"), json!({})).await;
    let desk = async || market.seller.page("/sell/amina_fabrics").await.html();
    let row = |html: &str, id: &str| {
        let rest = html.split(&format!("href=\"/products/{id}/edit\"")).nth(1).map(ToOwned::to_owned);
        rest.and_then(|rest| rest.split("</a>").next().map(ToOwned::to_owned)).unwrap_or_default()
    };
    let html = desk().await;
    assert!(row(&html, &archived).contains("Kitenge dress") && !html.contains(HIDDEN) && !html.contains(NOTICE), "{html}");
    assert!(!html.contains("readonly"), "{html}");
    market.stage.tell(&market.of_product(1, true)).await;
    let html = desk().await;
    assert!(row(&html, &market.product).contains(HIDDEN) && !html.contains(NOTICE), "{html}");
    assert!(!row(&html, &archived).contains(HIDDEN), "this one its seller took off: {html}");
    market.stage.tell(&market.of_shop(1, true)).await;
    let html = desk().await;
    assert!(html.contains(NOTICE) && html.contains("href=\"/me/cases\"") && html.contains("readonly"), "{html}");
    let swahili = in_swahili(&market.seller, "/sell/amina_fabrics").await;
    assert!(swahili.contains("Ni wewe tu unayeona duka hili na bidhaa zake: msimamizi amelificha."), "{swahili}");
    assert!(row(&swahili, &market.product).contains("<span class=\"badge warm\">Imefichwa</span>"), "{swahili}");
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

#[tokio::test]
async fn p8_a_buyer_reports_a_shop_from_an_order() {
    let market = market(3).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    let page = order.strip_prefix("/api/v1").unwrap();
    let link = format!("href=\"/report?thing=shop&amp;id={}\"", market.shop);
    assert!(buyer.page(page).await.html().contains(&link));
    assert!(in_swahili(&buyer, page).await.contains(">Ripoti duka<"));
    assert!(!market.seller.page(page).await.html().contains("/report?"), "nobody reports themselves");
    market.stage.tell(&market.of_shop(1, true)).await;
    assert!(!buyer.page(page).await.html().contains("/report?"), "it is decided");
}
