//! A node outside development mode, with the settings the page for operators gives it.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    place::Place,
    split::{Split, ended},
    world::World,
};

/// Notification, in a process and a database of its own.
const NOTIFICATION: usize = 2;

#[tokio::test(flavor = "multi_thread")]
async fn n9_notification_serves_in_production_knowing_no_database_but_its_own() {
    let split = Split::open().await;
    let (amina, token) = split.sign_up("amina").await;
    let (_, follower) = split.sign_up("baraka").await;
    split.settle().await;
    let own = |arguments: &[&str]| {
        let mut command = split.settings(NOTIFICATION);
        command.env_remove("DATABASE_URL").args(arguments);
        command
    };
    split.kill(NOTIFICATION);
    split.spawn(NOTIFICATION, own(&["serve"]));
    split.wait_until_ready(NOTIFICATION).await;
    // What happens elsewhere is heard over the broker, and shown through the node where people come in.
    let follow = format!("/api/v1/users/{amina}/follow");
    let (status, _) = split.call(Method::PUT, &follow, Some(&follower), None, Value::Null).await.unwrap();
    assert_eq!(status, StatusCode::NO_CONTENT);
    let told = |json: &Value| (json["items"][0]["type"] == json!("profile.new_follower")).then_some(());
    split.until("/api/v1/notifications", Some(&token), told).await;
    let (status, _) = split.call(Method::GET, "/dev/outbox", None, None, Value::Null).await.unwrap();
    assert_eq!(status, StatusCode::NOT_FOUND, "nobody reads what was sent");
    for command in [&["migrate"][..], &["facts", "parked"], &["facts", "replay"]] {
        let (ok, said) = ended(&mut own(command));
        assert!(ok, "{command:?}: {said}");
    }
    let (ok, said) = ended(split.settings(NOTIFICATION).env_remove("NEXGATE_SERVICES").arg("migrate"));
    assert!(!ok && said.contains("say in NEXGATE_SERVICES what this one mounts"), "{said}");
    assert!(split.stop(NOTIFICATION), "it drains and ends well");
}
