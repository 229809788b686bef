//! Pictures of posts.

use contracts::{auth::AccountErased, ids::Media};
use kernel::Id;
use serde_json::{Value, json};

use crate::world::Place;

const POSTS: &str = "/api/v1/posts";

fn shown(post: &Value) -> Vec<(Value, Value)> {
    post["media"].as_array().unwrap().iter().map(|one| (one["id"].clone(), one["alt"].clone())).collect()
}

#[tokio::test]
async fn s1_a_post_shows_its_pictures_with_their_words_as_they_become_ready() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let media: Vec<Id<Media>> = (0..2).map(|_| place.stage.id()).collect();
    for one in &media {
        place.album.upload(amina.id, *one);
    }
    place.album.finish(media[1]);
    let body = json!({"type": "standard", "media": [{"id": media[0], "alt": " A red dress "}, {"id": media[1]}]});
    let post = amina.post(POSTS, body).await.ok();
    assert_eq!((&post["text"], shown(&post)), (&json!(""), vec![(json!(media[1]), json!(""))]));
    place.stage.tell(&place.album.finish(media[0])).await;
    let feed = amina.get("/api/v1/feed").await.ok();
    let both = [(json!(media[0]), json!("A red dress")), (json!(media[1]), json!(""))];
    assert_eq!(shown(&feed["items"][0]), both);
    assert_eq!(feed["items"][0]["media"][0]["blurhash"], "LEHV6nWB2yk8pyo0adR*.7kCMdnj");
    let path = format!("{POSTS}/{}", post["id"].as_str().unwrap());
    assert_eq!(amina.patch(&path, json!({"text": ""})).await.ok()["text"], "", "the pictures say something");
    place.stage.tell(&place.album.delete(media[1])).await;
    assert_eq!(shown(&amina.get(&path).await.ok()), both[..1]);
}

#[tokio::test]
async fn x8_only_the_authors_own_pictures_can_be_posted_each_once_and_ten_at_most() {
    let place = Place::open().await;
    let (amina, baraka) = (place.stage.person(), place.stage.person());
    let media: Vec<Id<Media>> = (0..11).map(|_| place.stage.id()).collect();
    for one in &media {
        place.album.upload(amina.id, *one);
    }
    let naming = |media: &[Id<Media>]| json!({"type": "standard", "text": "Look", "media": media.iter().map(|id| json!({"id": id})).collect::<Vec<_>>()});
    for (who, named) in [(&baraka, &media[..1]), (&amina, &[media[0], media[0]][..]), (&amina, &[place.stage.id()])] {
        let refused = who.post(POSTS, naming(named)).await;
        refused.refused(422, "invalid");
        assert_eq!(refused.json["errors"][0]["code"], "social.media_unknown");
    }
    amina.post(POSTS, naming(&media)).await.refused(422, "invalid");
    let long = json!({"type": "standard", "text": "Look", "media": [{"id": media[0], "alt": "x".repeat(1001)}]});
    amina.post(POSTS, long).await.refused(422, "invalid");
    assert_eq!(amina.get("/api/v1/feed").await.ok()["items"], json!([]));
    amina.post(POSTS, naming(&media[..10])).await.ok();
}

#[tokio::test]
async fn x12_no_picture_and_no_words_of_it_outlive_their_author() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let media = place.stage.id();
    place.album.upload(amina.id, media);
    let post = amina.post(POSTS, json!({"type": "standard", "media": [{"id": media, "alt": "My house"}]})).await.ok();
    amina.delete(&format!("{POSTS}/{}", post["id"].as_str().unwrap())).await;
    place.stage.tell(&AccountErased { user: amina.id, version: 2 }).await;
    let left: i64 = sqlx::query_scalar("select count(*) from social.post where pictures <> '{}' or alts <> '{}'")
        .fetch_one(&place.stage.database.owner)
        .await
        .unwrap();
    assert_eq!(left, 0);
}
