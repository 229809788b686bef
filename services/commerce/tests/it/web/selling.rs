//! The seller's desk: shops, products, and what is on the shelf.

use contracts::ids::Media;
use kernel::Id;

use super::{SCRIPT, in_swahili};
use crate::world::market;

const NEW: &str = "/sell/amina_fabrics/products/new";

#[tokio::test]
async fn c1_a_shop_is_opened_and_changed_by_forms_alone() {
    let market = market(1).await;
    let somebody = market.stage.person();
    assert!(somebody.page("/sell").await.html().contains("action=\"/sell\""));
    for (handle, status, words) in
        [("no", 422, "id=\"handle-wrong\">Use 3 to 30"), ("amina_fabrics", 409, "Another shop has this short name")]
    {
        let said = somebody.form("/sell", &[("once", handle), ("name", "Juma Shoes"), ("handle", handle)]).await;
        assert!(
            said.status == status && said.text.contains(words) && said.text.contains("value=\"Juma Shoes\""),
            "{}",
            said.text
        );
    }
    for press in ["once", "twice"] {
        let opened = somebody.form("/sell", &[("once", "shoes"), ("name", "Juma Shoes"), ("handle", "juma_shoes")]).await;
        assert_eq!(opened.leads_to(), "/shops/juma_shoes", "{press}");
    }
    let desk = somebody.page("/sell").await.html();
    assert!(desk.contains("Juma Shoes") && desk.contains("/sell/juma_shoes/products/new") && !desk.contains("Amina"), "{desk}");
    let changes = [("name", "Juma Boots"), ("description", "Boots only.")];
    assert_eq!(somebody.form("/sell/juma_shoes", &changes).await.leads_to(), "/shops/juma_shoes");
    let html = market.stage.anonymous().page("/shops/juma_shoes").await.html();
    assert!(html.contains("<h1>Juma Boots</h1>") && html.contains("Closed for now") && html.contains("Boots only."), "{html}");
    assert!(in_swahili(&somebody, "/sell").await.contains("Fungua duka"));
}

#[tokio::test]
async fn c2_a_product_is_put_on_the_shelf_with_its_pictures() {
    let market = market(1).await;
    let media: Id<Media> = market.stage.id();
    market.album.upload(market.seller.id, media);
    market.album.finish(media);
    let html = market.seller.page(&format!("{NEW}?media={media}")).await.html();
    assert!(
        html.contains(&format!("id=\"media\" name=\"media\" value=\"{media}\"")) && html.contains(&format!("/{media}/thumb-")),
        "{html}"
    );
    assert!(html.contains("data-uploads=\"media\"") && html.contains("enctype=\"multipart/form-data\""), "{html}");
    // More of them come back beside these.
    assert!(html.contains(&format!("name=\"then\" value=\"{NEW}?media={media}\"")), "{html}");
    let ids = media.to_string();
    let fields = |price, stock| {
        [
            ("once", "k"),
            ("name", "Sandals"),
            ("description", "Leather"),
            ("kind", "physical"),
            ("price", price),
            ("stock", stock),
            ("media", &*ids),
        ]
    };
    let said = market.seller.form(NEW, &fields("cheap", "2")).await;
    assert!(said.status == 422 && said.text.contains("id=\"price-wrong\">Type in a number"), "{}", said.text);
    assert!(said.text.contains("value=\"Sandals\"") && said.text.contains(&ids), "{}", said.text);
    let free = market.seller.form(NEW, &fields("0", "2")).await;
    assert!(free.status == 422 && free.text.contains("more than zero"), "{}", free.text);
    assert!(market.seller.form(NEW, &fields("8,500", "few")).await.text.contains("id=\"stock-wrong\""));
    let added = market.seller.form(NEW, &fields("TZS 8,500", "2")).await;
    let product = added.leads_to();
    assert_eq!(market.seller.form(NEW, &fields("TZS 8,500", "2")).await.leads_to(), product, "pressed twice");
    let html = market.stage.anonymous().page(product).await.html();
    assert!(html.contains("TZS 8,500") && html.contains("2 left") && html.contains(&format!("/{media}/thumb-")), "{html}");
}

#[tokio::test]
async fn c2_a_product_is_refused_with_a_word_beside_each_field() {
    let market = market(1).await;
    let product =
        |kind, media| [("once", "k"), ("name", SCRIPT), ("kind", kind), ("price", "5"), ("stock", "1"), ("media", media)];
    assert_eq!(market.seller.form(NEW, &product("stolen", "")).await.status, 422);
    for (kind, media) in [("physical", SCRIPT), ("physical", "med_00000000000000000000000007")] {
        let said = market.seller.form(NEW, &product(kind, media)).await;
        assert!(said.status == 422 && said.text.contains("<p class=\"wrong\">") && !said.text.contains(SCRIPT), "{}", said.text);
    }
}

#[tokio::test]
async fn c3_words_price_and_stock_are_changed_and_a_product_is_taken_off() {
    let market = market(3).await;
    let path = format!("/products/{}", market.product);
    let edit = format!("{path}/edit");
    let html = market.seller.page(&edit).await.html();
    assert!(html.contains("value=\"Kitenge dress\"") && html.contains("value=\"TZS 12,500\""), "{html}");
    assert!(
        html.contains("name=\"media\" value=\"\"")
            && !market.seller.page(&format!("{edit}?media=med_1")).await.html().contains("value=\"med_1\""),
        "{html}"
    );
    let fields = |price| [("name", "Kitenge skirt"), ("description", "Cotton"), ("price", price), ("media", "")];
    let said = market.seller.form(&edit, &fields("")).await;
    assert!(said.status == 422 && said.text.contains("id=\"price-wrong\""), "{}", said.text);
    assert_eq!(market.seller.form(&edit, &fields("9 000.50")).await.leads_to(), path);
    assert!(market.seller.page(&path).await.html().contains("TZS 9,000.50"));

    let stock = format!("{edit}/stock");
    let said = market.seller.form(&stock, &[("once", "a"), ("change", "-9"), ("reason", "Stolen")]).await;
    assert!(said.status == 409 && said.text.contains("Reserved and sold ones"), "{}", said.text);
    let said = market.seller.form(&stock, &[("once", "b"), ("change", "x"), ("reason", "")]).await;
    assert!(said.status == 422 && said.text.contains("id=\"change-wrong\""), "{}", said.text);
    assert_eq!(market.seller.form(&stock, &[("once", "c"), ("change", "+2"), ("reason", "New")]).await.leads_to(), path);
    assert_eq!(market.available().await, 5);

    assert_eq!(market.seller.form(&format!("{edit}/archive"), &[]).await.leads_to(), path);
    assert_eq!(market.stage.anonymous().page(&path).await.status, 404);
    assert!(market.seller.page(&path).await.html().contains("Not for sale"));
    let desk = market.seller.page("/sell/amina_fabrics").await.html();
    assert!(desk.contains(&format!("href=\"{path}/edit\"")), "it is found again: {desk}");
    assert!(!market.seller.page("/shops/amina_fabrics").await.html().contains(&path));
    assert_eq!(market.seller.form(&format!("{edit}/publish"), &[]).await.leads_to(), path);
    market.stage.anonymous().page(&path).await.html();
}

#[tokio::test]
async fn a_desk_is_there_for_its_owner_only() {
    let market = market(1).await;
    let (stranger, nobody) = (market.stage.person(), market.stage.anonymous());
    let edit = format!("/products/{}/edit", market.product);
    let fields =
        [("once", "k"), ("name", "Mine"), ("kind", "physical"), ("price", "1"), ("stock", "1"), ("change", "1"), ("reason", "x")];
    for path in [NEW, "/sell/amina_fabrics", &edit] {
        assert_eq!(stranger.page(path).await.status, 404, "{path}");
        assert!(nobody.page(path).await.leads_to().starts_with("/login"), "{path}");
    }
    for path in [
        NEW.to_owned(),
        "/sell/amina_fabrics".into(),
        edit.clone(),
        format!("{edit}/stock"),
        format!("{edit}/archive"),
        format!("{edit}/publish"),
    ] {
        assert_eq!(stranger.form(&path, &fields).await.status, 404, "{path}");
        assert!(nobody.form(&path, &fields).await.leads_to().starts_with("/login"), "{path}");
    }
    assert!(nobody.page("/sell").await.leads_to().starts_with("/login"));
}
