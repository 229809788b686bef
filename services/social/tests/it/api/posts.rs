//! Posts at the JSON door.

use std::time::Duration;

use contracts::social::PostPublished;
use serde_json::{Value, json};

use crate::world::{Place, post, recommend, texts};

const POSTS: &str = "/api/v1/posts";

#[tokio::test]
async fn s1_a_post_of_words_is_published_and_told() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let made = amina.post(POSTS, json!({"type": "standard", "text": " Habari! "})).await;
    assert_eq!(made.status, 201);
    let made = made.ok();
    assert_eq!((&made["type"], &made["text"], &made["card"]), (&json!("standard"), &json!("Habari!"), &Value::Null));
    assert_eq!((&made["authors"][0]["id"], &made["edited_at"]), (&json!(amina.id), &Value::Null));
    assert_eq!(made["published_at"], "2026-11-23T08:00:00Z");
    let seen = place.stage.anonymous().get(&format!("{POSTS}/{}", made["id"].as_str().unwrap())).await.ok();
    assert_eq!(seen, made);
    let told = place.stage.told::<PostPublished>().await;
    assert_eq!(told.len(), 1);
    assert_eq!((json!(told[0].post), told[0].author, told[0].product), (made["id"].clone(), amina.id, None));
}

#[tokio::test]
async fn x8_a_bad_post_is_refused_with_its_field_and_nothing_is_kept() {
    let place = Place::open().await;
    let (amina, product) = (place.stage.person(), place.product(1));
    let refused = [
        (json!({"type": "standard", "text": ""}), "/text", "social.text_empty"),
        (json!({"type": "standard"}), "/text", "social.text_empty"),
        (json!({"type": "standard", "text": "é".repeat(5001)}), "/text", "social.text_too_long"),
        (json!({"type": "standard", "text": "a\u{0}b"}), "/text", "social.text_unreadable"),
        (json!({"type": "standard", "text": "Hi", "product_id": product}), "/product_id", "social.product_unwanted"),
        (json!({"type": "product", "text": "Hi"}), "/product_id", "social.product_missing"),
        (
            json!({"type": "product", "product_id": place.stage.id::<contracts::ids::Product>()}),
            "/product_id",
            "social.product_unknown",
        ),
        (json!({"type": "product", "product_id": amina.id}), "/product_id", "wrong_type"),
        (json!({"type": "riddle", "text": "Hi"}), "/type", "wrong_type"),
    ];
    for (body, pointer, code) in refused {
        let reply = amina.post(POSTS, body.clone()).await;
        reply.refused(422, "invalid");
        assert_eq!(
            (&reply.json["errors"][0]["pointer"], &reply.json["errors"][0]["code"]),
            (&json!(pointer), &json!(code)),
            "{body}"
        );
    }
    amina.call("POST".parse().unwrap(), POSTS, None, Some("{".into())).await.refused(400, "malformed_json");
    place.stage.anonymous().post(POSTS, json!({"type": "standard", "text": "Hi"})).await.refused(401, "unauthenticated");
    amina.post(POSTS, json!({"type": "standard", "text": "é".repeat(5000)})).await.ok();
    assert_eq!(place.stage.told::<PostPublished>().await.len(), 1);
}

#[tokio::test]
async fn s2_the_card_of_a_product_lives_without_an_edit() {
    let place = Place::open().await;
    let (amina, product) = (place.stage.person(), place.product(3));
    let path = recommend(&amina, product).await;
    let card = async || place.stage.anonymous().get(&path).await.ok()["card"].clone();
    let first = card().await;
    assert_eq!((&first["type"], &first["status"]), (&json!("product"), &json!("available")));
    assert_eq!((&first["product"]["available"], &first["product"]["price"]["minor"]), (&json!(3), &json!(1_250_000)));
    place.world().products.get_mut(&product).unwrap().available = 0;
    assert_eq!(card().await["status"], "sold_out");
    place.world().products.get_mut(&product).unwrap().on_sale = false;
    assert_eq!(card().await["status"], "off_sale");
    place.world().products.remove(&product);
    assert_eq!(card().await, json!({"type": "product", "status": "gone", "product": null}));
    assert_eq!(amina.get(&path).await.ok()["edited_at"], Value::Null);
}

#[tokio::test]
async fn a_post_asks_each_neighbour_once() {
    let place = Place::open().await;
    let (amina, product) = (place.stage.person(), place.product(3));
    let path = recommend(&amina, product).await;
    place.world().asked = 0;
    assert_eq!(place.stage.anonymous().get(&path).await.ok()["card"]["status"], "available");
    assert_eq!(place.world().asked, 2, "the product, and its seller with the author");
}

#[tokio::test]
async fn x6_for_whom_the_seller_is_not_there_the_product_is_gone_and_cannot_be_posted() {
    let place = Place::open().await;
    let (amina, product) = (place.stage.person(), place.product(3));
    let path = recommend(&amina, product).await;
    let seller = place.world().products[&product].seller;
    place.world().absent.insert(seller);
    let post = place.stage.anonymous().get(&path).await.ok();
    assert_eq!(post["card"], json!({"type": "product", "status": "gone", "product": null}));
    assert_eq!(amina.get("/api/v1/feed").await.ok()["items"][0]["card"]["product"], Value::Null);
    let again = amina.post(POSTS, json!({"type": "product", "product_id": product})).await;
    again.refused(422, "invalid");
    assert_eq!(again.json["errors"][0]["code"], "social.product_unknown");
}

#[tokio::test]
async fn s2_posts_are_shown_without_their_products_while_commerce_is_down() {
    let place = Place::open().await;
    let (amina, product) = (place.stage.person(), place.product(3));
    recommend(&amina, product).await;
    place.world().commerce_is_down = true;
    let feed = amina.get("/api/v1/feed").await.ok();
    assert_eq!(feed["items"][0]["card"], json!({"type": "product", "status": "unavailable", "product": null}));
    let body = json!({"type": "product", "product_id": product});
    amina.post(POSTS, body).await.refused(503, "unavailable");
    assert_eq!(place.stage.told::<PostPublished>().await.len(), 1);
}

#[tokio::test]
async fn s9_an_author_edits_their_post_and_writing_the_same_is_no_edit() {
    let place = Place::open().await;
    let (amina, product) = (place.stage.person(), place.product(3));
    let (words, dress) = (post(&amina, "First").await, recommend(&amina, product).await);
    place.stage.advance(Duration::from_mins(1));
    assert_eq!(amina.patch(&words, json!({"text": "First"})).await.ok()["edited_at"], Value::Null);
    let edited = amina.patch(&words, json!({"text": "Second"})).await.ok();
    assert_eq!((&edited["text"], &edited["edited_at"]), (&json!("Second"), &json!("2026-11-23T08:01:00Z")));
    assert_eq!(edited["published_at"], "2026-11-23T08:00:00Z");
    amina.patch(&words, json!({"text": " "})).await.refused(422, "invalid");
    assert_eq!(amina.patch(&dress, json!({"text": " "})).await.ok()["text"], "");
}

#[tokio::test]
async fn a_deleted_post_is_gone_everywhere() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let path = post(&amina, "Oops").await;
    assert_eq!(amina.delete(&path).await.status, 204);
    amina.get(&path).await.refused(404, "not_found");
    amina.patch(&path, json!({"text": "Back"})).await.refused(404, "not_found");
    amina.delete(&path).await.refused(404, "not_found");
    assert!(texts(&amina, "/api/v1/feed").await.is_empty());
    assert!(texts(&amina, &format!("/api/v1/users/{}/posts", amina.id)).await.is_empty());
}

#[tokio::test]
async fn strangers_neither_edit_nor_delete() {
    let place = Place::open().await;
    let (amina, baraka) = (place.stage.person(), place.stage.person());
    let path = post(&amina, "Mine").await;
    baraka.patch(&path, json!({"text": "Ours"})).await.refused(404, "not_found");
    baraka.delete(&path).await.refused(404, "not_found");
    place.stage.anonymous().patch(&path, json!({"text": "Ours"})).await.refused(401, "unauthenticated");
    place.stage.anonymous().delete(&path).await.refused(401, "unauthenticated");
    assert_eq!(amina.get(&path).await.ok()["text"], "Mine");
    amina.get("/api/v1/posts/none").await.refused(404, "not_found");
}

#[tokio::test]
async fn x6_what_profile_hides_is_not_there() {
    let place = Place::open().await;
    let (amina, baraka) = (place.stage.person(), place.stage.person());
    let (path, list) = (post(&amina, "Mine").await, format!("/api/v1/users/{}/posts", amina.id));
    assert_eq!(texts(&baraka, &list).await, ["Mine"]);
    place.world().closed.insert(amina.id);
    baraka.get(&path).await.refused(404, "not_found");
    assert!(texts(&baraka, &list).await.is_empty());
    place.world().absent.insert(amina.id);
    baraka.get(&path).await.refused(404, "not_found");
    baraka.get(&list).await.refused(404, "not_found");
    place.world().profile_is_down = true;
    for path in [path.as_str(), &list] {
        baraka.get(path).await.refused(503, "unavailable");
    }
}
