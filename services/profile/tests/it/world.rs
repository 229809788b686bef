//! A running profile service, and the people in it.

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
