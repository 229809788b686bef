//! Whom somebody may want to follow.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::{Person, Stage};

use crate::world::{go_private, person, stage};

async fn suggested(to: &Person) -> Vec<(String, i64, Value)> {
    let list = to.get("/api/v1/users/suggestions").await.ok();
    let one =
        |one: &Value| (one["username"].as_str().unwrap().to_owned(), one["mutuals"].as_i64().unwrap(), one["interests"].clone());
    list.as_array().unwrap().iter().map(one).collect()
}

async fn follow(who: &Person, whom: &Person) {
    assert_eq!(who.put(&format!("/api/v1/users/{}/follow", whom.id)).await.status, 204);
}

async fn likes(who: &Person, interests: &[&str]) {
    who.patch("/api/v1/users/me", json!({ "interests": interests })).await.ok();
}

async fn people<const N: usize>(stage: &Stage, names: [&str; N]) -> [Person; N] {
    let mut people = Vec::new();
    for name in names {
        people.push(person(stage, name).await);
    }
    people.try_into().unwrap()
}

#[tokio::test]
async fn p2_whom_friends_follow_and_who_likes_the_same_is_suggested() {
    let stage = stage().await;
    let [amina, baraka, chiku, zawadi, halima] = people(&stage, ["amina", "baraka", "chiku", "zawadi", "halima"]).await;
    for friend in [&baraka, &chiku] {
        follow(&amina, friend).await;
        follow(friend, &zawadi).await;
    }
    follow(&baraka, &chiku).await;
    follow(&chiku, &amina).await;
    likes(&amina, &["kitenge", "street food", "football"]).await;
    likes(&halima, &["street food"]).await;
    likes(&zawadi, &["kitenge"]).await;
    likes(&baraka, &["football"]).await;
    // Of those one follows already and of oneself nothing is said.
    assert_eq!(suggested(&amina).await, [("zawadi".into(), 2, json!(["kitenge"])), ("halima".into(), 0, json!(["street food"]))]);
    follow(&amina, &zawadi).await;
    likes(&halima, &[]).await;
    assert_eq!(suggested(&amina).await, []);
    stage.anonymous().get("/api/v1/users/suggestions").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn x6_nobody_is_suggested_who_is_kept_away_and_nothing_by_what_somebody_keeps_to_themselves() {
    let stage = stage().await;
    let [amina, baraka, chiku, zawadi, halima] = people(&stage, ["amina", "baraka", "chiku", "zawadi", "halima"]).await;
    follow(&amina, &baraka).await;
    for whom in [&chiku, &zawadi, &halima] {
        follow(&baraka, whom).await;
    }
    amina.put(&format!("/api/v1/users/{}/mute", chiku.id)).await;
    zawadi.put(&format!("/api/v1/users/{}/block", amina.id)).await;
    assert_eq!(suggested(&amina).await, [("halima".into(), 1, json!([]))]);
    let privacy = |body: Value| body.to_string();
    let hidden = privacy(json!({"following": "me"}));
    baraka.call(Method::PUT, "/api/v1/users/me/privacy", None, Some(hidden)).await.ok();
    for one in [&amina, &halima] {
        likes(one, &["kitenge"]).await;
    }
    assert_eq!(suggested(&amina).await, [("halima".into(), 0, json!(["kitenge"]))]);
    go_private(&halima).await;
    assert_eq!(suggested(&amina).await, []);
}

#[tokio::test]
async fn p2_who_knows_nobody_is_shown_whom_many_follow() {
    let stage = stage().await;
    let [amina, baraka, chiku, zawadi] = people(&stage, ["amina", "baraka", "chiku", "zawadi"]).await;
    for follower in [&baraka, &zawadi] {
        follow(follower, &chiku).await;
    }
    follow(&chiku, &baraka).await;
    stage.advance(std::time::Duration::from_secs(6));
    stage.settle().await;
    assert_eq!(suggested(&amina).await, [("chiku".into(), 0, json!([])), ("baraka".into(), 0, json!([]))]);
    let page = amina.page("/me/suggestions").await.html();
    assert!(page.contains("@chiku") && page.contains(&format!("action=\"/users/{}/follow\"", chiku.id)), "{page}");
    // Whoever follows several goes on with the list.
    let follow_one = format!("/users/{}/follow", chiku.id);
    assert_eq!(amina.form(&follow_one, &[("then", "suggestions")]).await.leads_to(), "/me/suggestions");
    assert!(!amina.page("/me/suggestions").await.html().contains("@chiku"));
    assert_eq!(suggested(&zawadi).await, [("baraka".into(), 1, json!([]))]);
    assert!(stage.anonymous().page("/me/suggestions").await.leads_to().starts_with("/login"));
}
