//! What moderators withhold, at every door.

use std::time::Duration;

use contracts::{
    auth::{AccountLocked, AccountUnlocked},
    ids::Post,
    profile::{Exhibit, PostModerated},
    social::PostExhibit,
};
use kernel::Id;
use serde_json::{Value, json};

use crate::{
    web::in_swahili,
    world::{Place, next, post, recommend, texts, texts_of},
};

fn id(path: &str) -> Id<Post> {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

/// A decision about the post at this path.
fn decided(path: &str, version: i64, withheld: bool) -> PostModerated {
    PostModerated { post: id(path), version, withheld }
}

async fn exhibit(place: &Place, path: &str) -> Option<Exhibit> {
    looked_at(place, path, false).await
}

async fn looked_at(place: &Place, path: &str, withheld_too: bool) -> Option<Exhibit> {
    place.stage.node.ask(PostExhibit { post: id(path), withheld_too }).await.unwrap()
}

#[tokio::test]
async fn p8_a_withheld_post_is_there_for_its_author_only() {
    let place = Place::open().await;
    let (amina, baraka, nobody) = (place.stage.person(), place.stage.person(), place.stage.anonymous());
    let path = post(&amina, "Bad words").await;
    let (page, notice) = (path.strip_prefix("/api/v1").unwrap(), "Nobody but you sees this post: a moderator has hidden it.");
    assert_eq!(amina.get(&path).await.ok().get("withheld"), None);
    assert!(!amina.page(page).await.html().contains(notice));
    place.stage.tell(&decided(&path, 1, true)).await;
    for other in [&baraka, &nobody] {
        other.get(&path).await.refused(404, "not_found");
        assert_eq!(other.page(page).await.status, 404);
    }
    let seen = amina.get(&path).await.ok();
    assert_eq!((&seen["text"], &seen["withheld"]), (&json!("Bad words"), &json!(true)));
    let html = amina.page(page).await.html();
    assert!(html.contains(notice) && html.contains("href=\"/me/cases\""), "{html}");
    assert!(in_swahili(&amina, page).await.contains("Ni wewe tu unayeona chapisho hili: msimamizi amelificha."));
    place.stage.tell(&decided(&path, 2, false)).await;
    for anybody in [&amina, &baraka, &nobody] {
        assert_eq!(anybody.get(&path).await.ok().get("withheld"), None);
    }
}

#[tokio::test]
async fn p8_of_decisions_about_a_post_the_newest_counts_however_often_they_come() {
    let place = Place::open().await;
    let (amina, nobody) = (place.stage.person(), place.stage.anonymous());
    let path = post(&amina, "Bad words").await;
    let first = place.stage.envelope(&decided(&path, 1, true));
    place.stage.node.deliver(&first).await.unwrap();
    nobody.get(&path).await.refused(404, "not_found");
    place.stage.tell(&decided(&path, 2, false)).await;
    place.stage.node.deliver(&first).await.unwrap();
    place.stage.tell(&decided(&path, 1, true)).await;
    nobody.get(&path).await.ok();
    place.stage.tell(&decided(&path, 4, true)).await;
    place.stage.tell(&decided(&path, 3, false)).await;
    nobody.get(&path).await.refused(404, "not_found");
    // A post that isn't here is nothing to us.
    place.stage.tell(&PostModerated { post: place.stage.id(), version: 1, withheld: true }).await;
    let waiting = sqlx::query("select 1 from kernel.inbox where state <> 'done'");
    assert!(waiting.fetch_optional(&place.stage.database.owner).await.unwrap().is_none());
}

#[tokio::test]
async fn p8_lists_leave_out_what_is_withheld_and_have_no_gap_there() {
    let place = Place::open().await;
    let (amina, baraka) = (place.stage.person(), place.stage.person());
    place.follow(&baraka, &amina).await;
    post(&amina, "older").await;
    let mut withheld = Vec::new();
    for text in ["bad", "worse", "worst"] {
        place.stage.advance(Duration::from_secs(1));
        withheld.push(post(&amina, text).await);
    }
    place.stage.advance(Duration::from_secs(1));
    post(&amina, "newer").await;
    for path in &withheld {
        place.stage.tell(&decided(path, 1, true)).await;
    }
    let of_amina = format!("/api/v1/users/{}/posts", amina.id);
    for list in ["/api/v1/feed", &of_amina] {
        assert_eq!(texts(&baraka, list).await, ["newer", "older"], "{list}");
        let limited = format!("{list}?limit=1");
        let first = baraka.get(&limited).await.ok();
        let second = baraka.get(&next(&limited, &first).unwrap()).await.ok();
        assert_eq!(
            (texts_of(&first), texts_of(&second), next(list, &second)),
            (vec!["newer".into()], vec!["older".into()], None)
        );
        assert_eq!(texts(&amina, list).await, ["newer", "worst", "worse", "bad", "older"], "{list}");
    }
    assert_eq!(texts(&place.stage.anonymous(), &of_amina).await, ["newer", "older"]);
    let own = amina.get(&of_amina).await.ok();
    assert_eq!((own["items"][0].get("withheld"), own["items"][1].get("withheld")), (None, Some(&json!(true))));
    assert!(amina.page("/feed").await.html().contains("<span class=\"badge warm\">Hidden</span>"));
}

#[tokio::test]
async fn p8_an_author_edits_and_deletes_what_is_withheld() {
    let place = Place::open().await;
    let (amina, baraka) = (place.stage.person(), place.stage.person());
    let path = post(&amina, "Bad words").await;
    place.stage.tell(&decided(&path, 1, true)).await;
    let edited = amina.patch(&path, json!({"text": "Better words"})).await.ok();
    assert_eq!((&edited["text"], &edited["withheld"]), (&json!("Better words"), &json!(true)));
    baraka.get(&path).await.refused(404, "not_found");
    assert_eq!(amina.delete(&path).await.status, 204);
    place.stage.tell(&decided(&path, 2, false)).await;
    amina.get(&path).await.refused(404, "not_found");
}

#[tokio::test]
async fn p8_a_post_is_shown_to_whoever_takes_reports_while_others_see_it() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let media: Vec<_> = (0..2).map(|_| place.stage.id()).collect();
    for one in &media {
        place.album.upload(amina.id, *one);
    }
    place.album.finish(media[0]);
    let body =
        json!({"type": "standard", "text": "Look", "media": media.iter().map(|id| json!({"id": id})).collect::<Vec<Value>>()});
    let made = amina.post("/api/v1/posts", body).await.ok();
    let path = format!("/api/v1/posts/{}", made["id"].as_str().unwrap());
    let shown = exhibit(&place, &path).await.unwrap();
    assert_eq!((shown.owner, shown.title.as_str(), shown.words.as_str()), (amina.id, "", "Look"));
    assert_eq!(json!(shown.pictures)[0]["variants"], made["media"][0]["variants"]);
    assert_eq!(shown.pictures.iter().map(|one| one.id).collect::<Vec<_>>(), media[..1], "those that are ready");
    place.stage.tell(&decided(&path, 1, true)).await;
    assert_eq!(exhibit(&place, &path).await, None, "withheld");
    place.stage.tell(&decided(&path, 2, false)).await;
    place.stage.tell(&AccountLocked { user: amina.id, version: 2 }).await;
    assert_eq!(exhibit(&place, &path).await, None, "locked");
    place.stage.tell(&AccountUnlocked { user: amina.id, version: 3 }).await;
    assert!(exhibit(&place, &path).await.is_some());
    amina.delete(&path).await;
    assert_eq!(exhibit(&place, &path).await, None, "deleted");
    assert_eq!(place.stage.node.ask(PostExhibit { post: place.stage.id(), withheld_too: false }).await.unwrap(), None);
}

#[tokio::test]
async fn p8_moderators_look_at_a_post_that_is_withheld_and_at_nothing_else_besides() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let path = post(&amina, "Bad words").await;
    let shown = looked_at(&place, &path, false).await.unwrap();
    assert_eq!(looked_at(&place, &path, true).await.as_ref(), Some(&shown));
    place.stage.tell(&decided(&path, 1, true)).await;
    assert_eq!(looked_at(&place, &path, false).await, None);
    assert_eq!(looked_at(&place, &path, true).await, Some(shown));
    place.stage.tell(&AccountLocked { user: amina.id, version: 2 }).await;
    assert_eq!(looked_at(&place, &path, true).await, None, "locked");
    place.stage.tell(&AccountUnlocked { user: amina.id, version: 3 }).await;
    amina.delete(&path).await;
    assert_eq!(looked_at(&place, &path, true).await, None, "deleted");
    let gone = PostExhibit { post: place.stage.id(), withheld_too: true };
    assert_eq!(place.stage.node.ask(gone).await.unwrap(), None);
}

#[tokio::test]
async fn p8_a_post_says_to_moderators_which_product_it_shows() {
    let place = Place::open().await;
    let (amina, product) = (place.stage.person(), place.product(1));
    let address = format!("/products/{product}");
    let silent = json!({"type": "product", "text": "", "product_id": product});
    let silent = amina.post("/api/v1/posts", silent).await.ok();
    let silent = format!("/api/v1/posts/{}", silent["id"].as_str().unwrap());
    assert_eq!(exhibit(&place, &silent).await.unwrap().words, address);
    let spoken = recommend(&amina, product).await;
    assert_eq!(exhibit(&place, &spoken).await.unwrap().words, format!("New dresses!\n{address}"));
}

#[tokio::test]
async fn p8_whoever_is_signed_in_may_report_what_is_not_theirs() {
    let place = Place::open().await;
    let (amina, baraka) = (place.stage.person(), place.stage.person());
    place.follow(&baraka, &amina).await;
    let path = post(&amina, "Words").await;
    let (page, link) = (path.strip_prefix("/api/v1").unwrap(), format!("href=\"/report?thing=post&amp;id={}\"", id(&path)));
    assert!(baraka.page(page).await.html().contains(&link));
    assert!(in_swahili(&baraka, page).await.contains(">Ripoti<"));
    for (person, page) in [(&amina, page), (&place.stage.anonymous(), page), (&baraka, "/feed")] {
        assert!(!person.page(page).await.html().contains("/report?"), "{page}");
    }
}
