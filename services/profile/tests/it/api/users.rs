//! People.

use contracts::profile::ProfileChanged;
use serde_json::json;

use crate::world::{person, stage};

#[tokio::test]
async fn a_profile_is_found_by_id_and_by_username_in_any_case() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    for name in [amina.id.to_string(), "amina".into(), "AMINA".into()] {
        let profile = stage.anonymous().get(&format!("/api/v1/users/{name}")).await.ok();
        assert_eq!(profile["username"], "amina");
        assert_eq!(profile["id"], amina.id.to_string());
    }
    stage.anonymous().get("/api/v1/users/nobody").await.refused(404, "not_found");
}

#[tokio::test]
async fn p1_a_username_is_changed_unless_somebody_has_it() {
    let stage = stage().await;
    let (amina, _baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    amina.patch("/api/v1/users/me", json!({"username": "Baraka"})).await.refused(409, "profile.username_taken");
    let refused = amina.patch("/api/v1/users/me", json!({"username": "a b"})).await;
    refused.refused(422, "invalid");
    assert_eq!(refused.json["errors"][0]["code"], "profile.username_invalid");
    let changed = amina.patch("/api/v1/users/me", json!({"username": "Amina_J", "bio": "Kariakoo"})).await.ok();
    assert_eq!((&changed["username"], &changed["bio"]), (&json!("amina_j"), &json!("Kariakoo")));
    let told = stage.told::<ProfileChanged>().await;
    assert_eq!(told.last().map(|fact| (fact.version, fact.username.as_str())), Some((3, "amina_j")));
}

#[tokio::test]
async fn p1_a_taken_username_gets_five_suggestions() {
    let stage = stage().await;
    person(&stage, "amina").await;
    let answer = stage.anonymous().get("/api/v1/usernames/amina").await.ok();
    assert_eq!((&answer["free"], answer["suggestions"].as_array().unwrap().len()), (&json!(false), 5));
    assert_eq!(stage.anonymous().get("/api/v1/usernames/zuwena").await.ok()["free"], true);
}
