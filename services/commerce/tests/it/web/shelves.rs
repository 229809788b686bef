//! Shops and products, as anybody finds them.

use axum::{
    body::Body,
    http::{Request, header},
};
use contracts::ids::Media;
use kernel::Id;
use serde_json::json;

use super::{SCRIPT, in_swahili, is_text};
use crate::world::{add_product, dress, market, open_shop, text};

#[tokio::test]
async fn w1_a_product_is_there_for_everybody_and_has_a_preview() {
    let market = market(3).await;
    let path = format!("/products/{}", market.product);
    let html = market.stage.anonymous().page(&format!("{path}?post=pst_x")).await.html();
    for part in [
        "<meta property=\"og:title\" content=\"Kitenge dress\">".to_owned(),
        "<meta property=\"product:price:amount\" content=\"12500.00\">".to_owned(),
        "<meta property=\"product:price:currency\" content=\"TZS\">".to_owned(),
        format!("<meta property=\"og:url\" content=\"http://nexgate.test{path}\">"),
        "TZS 12,500".to_owned(),
        "3 left".to_owned(),
        "held in escrow".to_owned(),
        "href=\"/shops/amina_fabrics\"".to_owned(),
        // A stranger comes back with the post.
        format!("/login?then={}%3Fpost%3Dpst_x", path.replace('/', "%2F")),
    ] {
        assert!(html.contains(&part), "{part}\n{html}");
    }
    assert!(!html.contains("<form class=\"sheet\""));
    assert_eq!(market.stage.anonymous().page("/products/prd_00000000000000000000000007").await.status, 404);
    assert_eq!(market.stage.anonymous().page("/products/nonsense").await.status, 404);
}

#[tokio::test]
async fn w1_a_shop_shows_what_it_has_page_by_page() {
    let market = market(0).await;
    add_product(&market.seller, &market.shop, 5).await;
    let somebody = market.stage.anonymous();
    let html = somebody.page("/shops/amina_fabrics").await.html();
    assert!(
        html.contains("og:title\" content=\"Amina Fabrics\"") && html.contains(&format!("/users/{}", market.seller.id)),
        "{html}"
    );
    assert_eq!((html.matches("TZS 12,500").count(), html.matches("Sold out").count()), (2, 1));
    assert!(!html.contains("Add a product") && !html.contains("Show more"));
    let first = somebody.page("/shops/amina_fabrics?limit=1").await.html();
    assert!(first.contains("href=\"/shops/amina_fabrics?cursor=") && !first.contains(&market.product), "{first}");
    assert!(market.seller.page("/shops/amina_fabrics").await.html().contains("/sell/amina_fabrics/products/new"));
    assert_eq!(somebody.page("/shops/nobody_here").await.status, 404);

    open_shop(&market.seller, "empty").await;
    assert!(somebody.page("/shops/empty").await.html().contains("Nothing on the shelves yet"));
    assert!(market.seller.page("/shops/empty").await.html().contains("Add your first product"));
}

#[tokio::test]
async fn x6_who_may_not_know_of_a_seller_finds_neither_shop_nor_product() {
    let market = market(1).await;
    market.absent.lock().unwrap().insert(market.seller.id);
    for path in ["/shops/amina_fabrics".to_owned(), format!("/products/{}", market.product)] {
        assert_eq!(market.stage.person().page(&path).await.status, 404);
        market.seller.page(&path).await.html();
    }
}

#[tokio::test]
async fn w7_what_sellers_write_is_text_for_everybody() {
    let market = market(1).await;
    let shop = market.seller.post("/api/v1/shops", json!({"name": SCRIPT, "handle": "script"})).await.ok();
    let shop = text(&shop["id"]);
    market.seller.patch(&format!("/api/v1/shops/{shop}"), json!({"description": SCRIPT})).await.ok();
    let (mut product, path) = (dress(1), format!("/api/v1/shops/{shop}/products"));
    (product["name"], product["description"]) = (json!(SCRIPT), json!(SCRIPT));
    let product = text(&market.seller.post(&path, product).await.ok()["id"]);
    for path in [
        "/shops/script".into(),
        "/sell/script".into(),
        "/sell".into(),
        format!("/products/{product}"),
        format!("/products/{product}/edit"),
    ] {
        is_text(&market.seller.page(&path).await.html());
    }
    let (path, odd) = (format!("/products/{product}"), "%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
    is_text(&market.stage.person().page(&format!("{path}?post={odd}&quantity={odd}")).await.html());
}

#[tokio::test]
async fn w5_pictures_have_their_measures_and_only_the_first_comes_at_once() {
    let market = market(1).await;
    let (one, two): (Id<Media>, Id<Media>) = (market.stage.id(), market.stage.id());
    for media in [one, two] {
        market.album.upload(market.seller.id, media);
        market.album.finish(media);
    }
    let (path, media) = (format!("/api/v1/products/{}", market.product), json!({"media_ids": [one, two]}));
    market.seller.patch(&path, media).await.ok();
    let html = market.stage.anonymous().page(&format!("/products/{}", market.product)).await.html();
    assert_eq!(html.matches("width=\"160\" height=\"120\"").count(), 2, "{html}");
    assert_eq!((html.matches("loading=\"lazy\"").count(), html.matches("fetchpriority=\"high\"").count()), (1, 1));
    assert!(html.contains("alt=\"Kitenge dress\"") && html.contains("alt=\"Kitenge dress, picture 2\""), "{html}");
    assert!(html.contains("og:image\" content=\"http"), "{html}");
    let request = Request::builder().uri("/shops/amina_fabrics").header(header::ACCEPT, "text/html").header("save-data", "on");
    let saving = market.stage.anonymous().send(request.body(Body::empty()).unwrap()).await.html();
    assert!(saving.contains("/thumb-"), "{saving}");
}

#[tokio::test]
async fn c3_the_seller_sees_the_shelf_where_buyers_see_a_button() {
    let market = market(3).await;
    let (buyer, path) = (market.stage.person(), format!("/products/{}", market.product));
    market.check_out(&buyer, 2).await;
    let mine = market.seller.page(&path).await.html();
    assert!(
        mine.contains("<dt>Reserved</dt><dd>2</dd>") && mine.contains(&format!("/compose?product={}", market.product)),
        "{mine}"
    );
    assert!(!mine.contains(&format!("action=\"{path}/buy\"")));
    let theirs = buyer.page(&path).await.html();
    assert!(
        theirs.contains(&format!("action=\"{path}/buy\"")) && theirs.contains("1 left") && theirs.contains("max=1"),
        "{theirs}"
    );
    assert!(!theirs.contains("Reserved</dt>"));
}

#[tokio::test]
async fn w3_a_product_is_read_in_swahili_too() {
    let market = market(3).await;
    let html = in_swahili(&market.stage.person(), &format!("/products/{}", market.product)).await;
    assert!(html.contains("lang=\"sw\"") && html.contains("Zimebaki 3") && html.contains(">Nunua<"), "{html}");
}
