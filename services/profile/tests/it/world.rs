//! A running profile service, and the people in it.

use axum::http::Method;
use contracts::profile::OpenProfile;
use testkit::{Person, Stage};

/// A running profile service.
pub async fn stage() -> Stage {
    Stage::of(profile::service()).start().await
}

/// Somebody with an open profile.
pub async fn person(stage: &Stage, username: &str) -> Person {
    let person = stage.person();
    let open = OpenProfile { user: person.id, username: Some(username.into()), display_name: username.into() };
    stage.node.ask(open).await.unwrap();
    person
}

/// Lets nobody follow who hasn't asked.
pub async fn go_private(person: &Person) {
    person.call(Method::PUT, "/api/v1/users/me/privacy", None, Some("{\"private\": true}".into())).await.ok();
}

/// The usernames on a list, in its order.
pub async fn names(person: &Person, path: &str) -> Vec<String> {
    let list = person.get(path).await.ok();
    list["items"].as_array().unwrap().iter().map(|card| card["username"].as_str().unwrap().to_owned()).collect()
}
