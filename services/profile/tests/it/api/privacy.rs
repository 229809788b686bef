//! Who sees what of somebody.

use axum::http::Method;
use contracts::profile::{Followed, PrivacyChanged};
use serde_json::{Value, json};
use testkit::{Person, Reply};

use crate::world::{go_private, names, person, stage};

async fn put(person: &Person, body: Value) -> Reply {
    person.call(Method::PUT, "/api/v1/users/me/privacy", None, Some(body.to_string())).await
}

#[tokio::test]
async fn p3_going_public_asks_what_to_do_with_the_waiting_ones() {
    for (word, following) in [("accept", vec!["amina"]), ("decline", vec![])] {
        let stage = stage().await;
        let amina = person(&stage, "amina").await;
        go_private(&amina).await;
        // More than one transaction settles.
        let mut fans = Vec::new();
        for number in 0..203 {
            let fan = person(&stage, &format!("fan_{number}")).await;
            fan.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
            fans.push(fan);
        }
        put(&amina, json!({"private": false})).await.refused(409, "profile.requests_waiting");
        assert_eq!(amina.get("/api/v1/users/me/privacy").await.ok()["waiting"], 203);
        assert_eq!(put(&amina, json!({"private": false, "waiting": word})).await.ok()["private"], false);
        stage.settle().await;
        assert_eq!(amina.get("/api/v1/users/me/privacy").await.ok()["waiting"], 0);
        assert_eq!(names(&fans[0], &format!("/api/v1/users/{}/following", fans[0].id)).await, following);
        let followed = stage.told::<Followed>().await.len();
        assert_eq!((followed, &amina.get("/api/v1/users/me").await.ok()["followers"]), (203 * following.len(), &json!(followed)));
    }
}

#[tokio::test]
async fn p3_who_asks_after_the_account_is_private_again_waits_for_an_answer_of_its_own() {
    let stage = stage().await;
    let (amina, baraka, chiku) = (person(&stage, "amina").await, person(&stage, "baraka").await, person(&stage, "chiku").await);
    go_private(&amina).await;
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    stage.advance(std::time::Duration::from_secs(1));
    put(&amina, json!({"private": false, "waiting": "accept"})).await.ok();
    stage.advance(std::time::Duration::from_secs(1));
    put(&amina, json!({"private": true})).await.ok();
    chiku.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    stage.settle().await;
    assert_eq!(names(&amina, "/api/v1/users/me/follow-requests").await, ["chiku"]);
    assert_eq!(names(&amina, &format!("/api/v1/users/{}/followers", amina.id)).await, ["baraka"]);
}

#[tokio::test]
async fn p3_followers_stay_when_an_account_goes_private_and_it_is_told() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    go_private(&amina).await;
    assert_eq!(baraka.get("/api/v1/users/amina").await.ok()["content"], true);
    let told: Vec<(i64, bool)> = stage.told::<PrivacyChanged>().await.iter().map(|fact| (fact.version, fact.private)).collect();
    assert_eq!(told, [(2, true)]);
    put(&amina, json!({"followers": "me"})).await.ok();
    assert_eq!(stage.told::<PrivacyChanged>().await.len(), 1, "who may read a list is nobody else's business");
}

#[tokio::test]
async fn p3_each_list_is_for_whom_its_owner_says() {
    let stage = stage().await;
    let (amina, baraka, chiku) = (person(&stage, "amina").await, person(&stage, "baraka").await, person(&stage, "chiku").await);
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    amina.put(&format!("/api/v1/users/{}/follow", chiku.id)).await;
    let (followers, following) =
        (format!("/api/v1/users/{}/followers", amina.id), format!("/api/v1/users/{}/following", amina.id));
    put(&amina, json!({"followers": "followers", "following": "me"})).await.ok();
    assert_eq!(names(&amina, &followers).await, ["baraka"]);
    assert_eq!(names(&amina, &following).await, ["chiku"]);
    assert_eq!(names(&baraka, &followers).await, ["baraka"]);
    baraka.get(&following).await.refused(403, "profile.list_hidden");
    for path in [&followers, &following] {
        chiku.get(path).await.refused(403, "profile.list_hidden");
        stage.anonymous().get(path).await.refused(403, "profile.list_hidden");
    }
    // Whom of them one follows oneself is a part of that list.
    chiku.get(&format!("/api/v1/users/{}/mutuals", amina.id)).await.refused(403, "profile.list_hidden");
    put(&amina, json!({"followers": "everyone"})).await.ok();
    chiku.put(&format!("/api/v1/users/{}/follow", baraka.id)).await;
    assert_eq!(names(&chiku, &format!("/api/v1/users/{}/mutuals", amina.id)).await, ["baraka"]);
    put(&amina, json!({"followers": "friends"})).await.refused(422, "invalid");
}
