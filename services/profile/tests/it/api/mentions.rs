//! `@somebody` in a bio.

use axum::http::Method;
use contracts::profile::Mentioned;
use serde_json::{Value, json};
use testkit::{Person, Stage};

use crate::world::{person, stage};

async fn says(who: &Person, bio: &str) -> Value {
    who.patch("/api/v1/users/me", json!({ "bio": bio })).await.ok()
}

async fn told(stage: &Stage) -> usize {
    stage.told::<Mentioned>().await.len()
}

#[tokio::test]
async fn p9_whoever_is_mentioned_is_told_once_and_the_mention_outlives_a_new_name() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    says(&amina, "Kitenge with @Baraka, @nobody_here and @amina. Mail a@baraka.tz").await;
    let seen = stage.anonymous().get("/api/v1/users/amina").await.ok();
    assert_eq!(seen["mentions"], json!([{"written": "baraka", "user": baraka.id}]));
    let facts = stage.told::<Mentioned>().await;
    assert_eq!((facts.len(), facts[0].user, facts[0].mentioned), (1, amina.id, baraka.id));
    // Taken out and put back, and said in other words: no news.
    assert_eq!(says(&amina, "Kitenge").await["mentions"], json!([]));
    says(&amina, "With @baraka again").await;
    amina.patch("/api/v1/users/me", json!({"display_name": "Amina J"})).await.ok();
    assert_eq!(told(&stage).await, 1);
    baraka.patch("/api/v1/users/me", json!({"username": "baraka_b"})).await.ok();
    // Also when the same words are saved again, and whoever has that name by then.
    stage.advance(std::time::Duration::from_hours(15 * 24));
    let (amina, chiku) = (stage.again(&amina), person(&stage, "baraka").await);
    says(&amina, "With @baraka again").await;
    assert_eq!((told(&stage).await, chiku.get("/api/v1/users/me").await.ok()["username"].clone()), (1, json!("baraka")));
    let page = stage.anonymous().page("/users/amina").await.html();
    assert!(page.contains(&format!("With <a href=\"/users/{}\">@baraka</a> again", baraka.id)), "{page}");
}

#[tokio::test]
async fn p9_who_may_not_see_the_bio_is_not_told_and_who_is_not_there_is_no_link() {
    let stage = stage().await;
    let (amina, baraka, chiku) = (person(&stage, "amina").await, person(&stage, "baraka").await, person(&stage, "chiku").await);
    baraka.put(&format!("/api/v1/users/{}/block", amina.id)).await;
    let privacy = json!({"bio": "followers"}).to_string();
    amina.call(Method::PUT, "/api/v1/users/me/privacy", None, Some(privacy)).await.ok();
    says(&amina, "With @baraka and @chiku").await;
    assert_eq!(told(&stage).await, 0);
    let seen = async |by: &Person| by.get("/api/v1/users/amina").await.ok()["mentions"].clone();
    assert_eq!(seen(&chiku).await, json!([]), "the bio isn't for them");
    chiku.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    chiku.put(&format!("/api/v1/users/{}/block", baraka.id)).await;
    assert_eq!(seen(&chiku).await, json!([{"written": "chiku", "user": chiku.id}]));
    // Now that they may, they are told when it is said again.
    says(&amina, "With @chiku").await;
    let facts = stage.told::<Mentioned>().await;
    assert_eq!((facts.len(), facts[0].mentioned), (1, chiku.id));
    says(&amina, "With @chiku, as ever").await;
    assert_eq!(told(&stage).await, 1);
}
