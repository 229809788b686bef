//! What people tell and show of themselves, and to whom.

use axum::http::Method;
use contracts::{
    auth::AccountErased,
    files::PicturesOf,
    ids::Media,
    profile::{Card, People, ProfileChanged},
};
use kernel::{Id, Locale};
use serde_json::{Value, json};
use testkit::{Album, Person, Stage};

use crate::world::{go_private, person, stage};

/// A running profile service with files beside it.
async fn with_pictures() -> (Stage, Album) {
    let album = Album::default();
    let uploads = album.clone();
    let stage = Stage::of(profile::service()).answering(move |ask: PicturesOf| uploads.pictures_of(&ask)).start().await;
    (stage, album)
}

async fn show(person: &Person, body: Value) -> Value {
    person.patch("/api/v1/users/me", body).await.ok()
}

async fn card(stage: &Stage, of: &Person) -> Card {
    let met = stage.node.ask(People { viewer: None, targets: vec![of.id] }).await.unwrap();
    met.into_iter().next().unwrap().card.unwrap()
}

#[tokio::test]
async fn p1_what_somebody_tells_of_themselves_is_kept_and_shown() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    let told = json!({"bio": "Kitenge", "links": ["duka.co.tz", "https://duka.co.tz/"], "interests": ["Street  Food", "kitenge"],
                      "locale": "sw", "time_zone": "africa/nairobi"});
    let own = show(&amina, told).await;
    assert_eq!((&own["links"], &own["interests"]), (&json!(["https://duka.co.tz/"]), &json!(["kitenge", "street food"])));
    assert_eq!(own["settings"], json!({"locale": "sw", "time_zone": "Africa/Nairobi"}));
    let seen = stage.anonymous().get("/api/v1/users/amina").await.ok();
    assert_eq!((&seen["links"], &seen["interests"], &seen["settings"]), (&own["links"], &own["interests"], &Value::Null));
    let fact = stage.told::<ProfileChanged>().await.pop().unwrap();
    assert_eq!((fact.locale, fact.time_zone.as_deref()), (Some(Locale::Sw), Some("Africa/Nairobi")));
    // What isn't given stays.
    let own = show(&amina, json!({"display_name": "Amina Juma"})).await;
    assert_eq!((&own["bio"], &own["settings"]["locale"]), (&json!("Kitenge"), &json!("sw")));
    for (field, odd, code) in [
        ("links", json!(["javascript:alert(1)"]), "profile.link_invalid"),
        ("links", json!(["a.tz", "b.tz", "c.tz", "d.tz", "e.tz", "f.tz"]), "profile.too_many_links"),
        ("interests", json!(["<b>"]), "profile.interest_invalid"),
        ("interests", json!((0..21).map(|number| number.to_string()).collect::<Vec<_>>()), "profile.too_many_interests"),
        ("time_zone", json!("Africa/Atlantis"), "profile.time_zone_unknown"),
    ] {
        let refused = amina.patch("/api/v1/users/me", json!({field: odd, "bio": "never"})).await;
        refused.refused(422, "invalid");
        assert_eq!(refused.json["errors"][0]["code"], code);
    }
    assert_eq!(amina.get("/api/v1/users/me").await.ok()["bio"], "Kitenge", "nothing half-done");
    amina.patch("/api/v1/users/me", json!({"locale": "fr"})).await.refused(422, "invalid");
    amina.patch("/api/v1/users/me", json!({"birth_date": "1990-01-01"})).await.refused(422, "invalid");
}

#[tokio::test]
async fn p1_each_part_of_a_profile_is_for_whom_its_owner_says() {
    let stage = stage().await;
    let (amina, baraka, chiku) = (person(&stage, "amina").await, person(&stage, "baraka").await, person(&stage, "chiku").await);
    show(&amina, json!({"bio": "Kitenge", "links": ["duka.co.tz"], "interests": ["kitenge"]})).await;
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    let full = (json!("Kitenge"), json!(["https://duka.co.tz/"]), json!(["kitenge"]));
    let none = (json!(""), json!([]), json!([]));
    let parts = |of: Value| (of["bio"].clone(), of["links"].clone(), of["interests"].clone());
    for (audience, is_private, follower, stranger) in [
        ("everyone", false, &full, &full),
        ("everyone", true, &full, &none),
        ("followers", false, &full, &none),
        ("followers", true, &full, &none),
        ("me", false, &none, &none),
    ] {
        let privacy = json!({"bio": audience, "links": audience, "interests": audience, "private": is_private});
        amina.call(Method::PUT, "/api/v1/users/me/privacy", None, Some(privacy.to_string())).await.ok();
        let seen = async |by: &Person| parts(by.get("/api/v1/users/amina").await.ok());
        assert_eq!(seen(&amina).await, full);
        assert_eq!((&seen(&baraka).await, &seen(&chiku).await), (follower, stranger), "{audience} {is_private}");
        assert_eq!(&seen(&stage.anonymous()).await, stranger, "{audience} {is_private}");
        // A preview shows what they see.
        let preview = async |eyes: &str| parts(amina.get(&format!("/api/v1/users/me/preview?as={eyes}")).await.ok());
        assert_eq!((&preview("followers").await, &preview("everyone").await), (follower, stranger), "{audience} {is_private}");
    }
    amina.get("/api/v1/users/me/preview?as=nobody").await.refused(400, "invalid_query");
}

#[tokio::test]
async fn p1_an_avatar_is_seen_beside_the_name_once_it_is_ready() {
    let (stage, album) = with_pictures().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    let (ready, later, strange): (Id<Media>, Id<Media>, Id<Media>) = (stage.id(), stage.id(), stage.id());
    album.upload(amina.id, ready);
    album.finish(ready);
    album.upload(amina.id, later);
    album.upload(baraka.id, strange);
    let own = show(&amina, json!({"avatar": ready, "cover": later})).await;
    assert_eq!((&own["avatar"]["id"], &own["cover"]), (&json!(ready), &Value::Null));
    assert_eq!(card(&stage, &amina).await.avatar.map(|avatar| avatar.id), Some(ready));
    // The cover is looked for again until it is there.
    stage.settle().await;
    assert_eq!(amina.get("/api/v1/users/me").await.ok()["cover"], Value::Null);
    album.finish(later);
    stage.advance(std::time::Duration::from_mins(1));
    stage.settle().await;
    let seen = stage.anonymous().get("/api/v1/users/amina").await.ok();
    assert_eq!((&seen["cover"]["id"], &seen["avatar"]["id"]), (&json!(later), &json!(ready)));
    for odd in [strange, stage.id()] {
        let refused = amina.patch("/api/v1/users/me", json!({"avatar": odd, "bio": "never"})).await;
        refused.refused(422, "invalid");
        let error = &refused.json["errors"][0];
        assert_eq!((&error["code"], &error["pointer"]), (&json!("profile.media_unknown"), &json!("/avatar")));
    }
    // A picture that is deleted shows nobody any more; `null` takes one away.
    stage.tell(&album.delete(ready)).await;
    assert_eq!(card(&stage, &amina).await.avatar, None);
    assert_eq!(show(&amina, json!({"cover": null})).await["cover"], Value::Null);
    assert_eq!(amina.get("/api/v1/users/me").await.ok()["bio"], "", "nothing half-done");
}

#[tokio::test]
async fn p1_a_picture_chosen_meanwhile_stays_when_the_one_before_it_is_deleted() {
    let (stage, album) = with_pictures().await;
    let amina = person(&stage, "amina").await;
    let (before, after) = (stage.id(), stage.id());
    for media in [before, after] {
        album.upload(amina.id, media);
        album.finish(media);
    }
    show(&amina, json!({"avatar": before})).await;
    let gone = stage.envelope(&album.delete(before));
    let (told, chosen) = tokio::join!(stage.node.deliver(&gone), amina.patch("/api/v1/users/me", json!({"avatar": after})));
    assert!(told.is_ok() && chosen.status == 200, "{told:?} {chosen:?}");
    stage.advance(std::time::Duration::from_secs(2));
    stage.settle().await;
    assert_eq!(card(&stage, &amina).await.avatar.map(|avatar| avatar.id), Some(after));
}

#[tokio::test]
async fn p1_a_picture_that_is_told_to_be_ready_is_seen_at_once() {
    let (stage, album) = with_pictures().await;
    let (amina, media) = (person(&stage, "amina").await, stage.id());
    album.upload(amina.id, media);
    show(&amina, json!({"avatar": media})).await;
    stage.tell(&album.finish(media)).await;
    assert_eq!(card(&stage, &amina).await.avatar.map(|avatar| avatar.id), Some(media));
}

#[tokio::test]
async fn p1_a_picture_that_comes_to_nothing_is_waited_for_no_longer() {
    let (stage, album) = with_pictures().await;
    let amina = person(&stage, "amina").await;
    let media = stage.id();
    album.upload(amina.id, media);
    show(&amina, json!({"avatar": media})).await;
    album.delete(media);
    stage.advance(std::time::Duration::from_secs(2));
    stage.settle().await;
    let waiting: i64 =
        sqlx::query_scalar("select count(*) from profile.portrait").fetch_one(&stage.database.owner).await.unwrap();
    assert_eq!(waiting, 0);
}

#[tokio::test]
async fn x12_nothing_that_somebody_told_or_showed_is_left_when_they_are_erased() {
    let (stage, album) = with_pictures().await;
    let amina = person(&stage, "amina").await;
    go_private(&amina).await;
    let media = stage.id();
    album.upload(amina.id, media);
    album.finish(media);
    show(&amina, json!({"avatar": media, "bio": "Kitenge", "links": ["duka.co.tz"], "interests": ["kitenge"], "locale": "sw"}))
        .await;
    stage.tell(&AccountErased { user: amina.id, version: 2 }).await;
    let left: String = sqlx::query_scalar(
        "select profile::text || coalesce((select string_agg(portrait::text, '') from profile.portrait), '')
           from profile.profile",
    )
    .fetch_one(&stage.database.owner)
    .await
    .unwrap();
    for word in ["amina", "Kitenge", "kitenge", "duka", "sw", &media.uuid().to_string(), "thumb"] {
        assert!(!left.contains(word), "{word}: {left}");
    }
}
