//! A running notification service, and the people it tells things.

pub mod market;

use contracts::{auth::ContactsChanged, profile::ProfileChanged};
use kernel::Locale;
use serde_json::Value;
use testkit::{Person, Stage};

/// A running notification service.
pub async fn stage() -> Stage {
    Stage::of(notification::service()).start().await
}

/// Somebody with an e-mail address who reads English.
pub async fn person(stage: &Stage, name: &str) -> Person {
    let person = stage.person();
    stage.tell(&face(&person, 1, name)).await;
    stage.tell(&contacts(&person, 1, Some(&format!("{name}@example.com")), None, Locale::En)).await;
    person
}

/// Somebody with nothing but a phone.
pub async fn phone_only(stage: &Stage, name: &str, phone: &str) -> Person {
    let person = stage.person();
    stage.tell(&face(&person, 1, name)).await;
    stage.tell(&contacts(&person, 1, None, Some(phone), Locale::En)).await;
    person
}

pub fn contacts(of: &Person, version: i64, email: Option<&str>, phone: Option<&str>, locale: Locale) -> ContactsChanged {
    ContactsChanged { user: of.id, version, email: email.map(Into::into), phone: phone.map(Into::into), locale }
}

pub fn face(of: &Person, version: i64, username: &str) -> ProfileChanged {
    ProfileChanged {
        user: of.id,
        version,
        username: username.into(),
        display_name: format!("{username} the Great"),
        locale: None,
        time_zone: None,
    }
}

/// Somebody's notifications, newest first.
pub async fn inbox_of(person: &Person) -> Vec<Value> {
    let list = person.get("/api/v1/notifications?limit=100").await.ok();
    list["items"].as_array().unwrap().clone()
}

pub async fn unread(person: &Person) -> i64 {
    person.get("/api/v1/notifications/unread-count").await.ok()["count"].as_i64().unwrap()
}

/// What went out to an address, newest first.
pub async fn sent_to(stage: &Stage, to: &str) -> Vec<Value> {
    let outbox = stage.anonymous().get(&format!("/dev/outbox?to={}", to.replace('+', "%2B"))).await.ok();
    outbox["items"].as_array().unwrap().clone()
}

/// How many rows the owner finds.
pub async fn count(stage: &Stage, of: &'static str) -> i64 {
    sqlx::query_scalar(of).fetch_one(&stage.database.owner).await.unwrap()
}
