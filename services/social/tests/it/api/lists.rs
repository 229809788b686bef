//! The Following feed (S6): whose posts it shows, and to whom.

use std::time::Duration;

use contracts::profile::{Followed, Unfollowed};

use crate::world::{Place, next, post, recommend, texts, texts_of};

pub const FEED: &str = "/api/v1/feed?tab=following";

#[tokio::test]
async fn s6_the_feed_shows_whom_one_follows_and_oneself_newest_first() {
    let place = Place::open().await;
    let (amina, baraka, chiku) = (place.stage.person(), place.stage.person(), place.stage.person());
    place.follow(&baraka, &amina).await;
    for (author, text) in [(&amina, "one"), (&chiku, "unseen"), (&baraka, "two"), (&amina, "three")] {
        post(author, text).await;
        place.stage.advance(Duration::from_secs(1));
    }
    assert_eq!(texts(&baraka, FEED).await, ["three", "two", "one"]);
    assert_eq!(texts(&baraka, "/api/v1/feed").await, ["three", "two", "one"]);
    assert_eq!(texts(&amina, FEED).await, ["three", "one"]);
    place.stage.tell(&Unfollowed { follower: baraka.id, followee: amina.id, version: 2 }).await;
    assert_eq!(texts(&baraka, FEED).await, ["two"]);
}

#[tokio::test]
async fn x8_other_tabs_bad_cursors_and_the_anonymous_are_refused() {
    let place = Place::open().await;
    let (amina, baraka) = (place.stage.person(), place.stage.person());
    for text in ["one", "two"] {
        post(&amina, text).await;
    }
    place.stage.anonymous().get(FEED).await.refused(401, "unauthenticated");
    let reply = amina.get("/api/v1/feed?tab=everything").await;
    reply.refused(422, "invalid");
    let error = &reply.json["errors"][0];
    assert_eq!((&error["pointer"], &error["code"]), (&"/tab".into(), &"social.unknown_tab".into()));
    amina.get("/api/v1/feed?limit=101").await.refused(422, "invalid");
    amina.get("/api/v1/feed?cursor=nonsense").await.refused(400, "invalid_cursor");
    let page = amina.get("/api/v1/feed?limit=1").await.ok();
    let (mine, authors) = (next("/api/v1/feed", &page).unwrap(), format!("/api/v1/users/{}/posts", amina.id));
    baraka.get(&mine).await.refused(400, "invalid_cursor");
    amina.get(&next(&authors, &page).unwrap()).await.refused(400, "invalid_cursor");
    assert_eq!(texts(&amina, &mine).await, ["one"]);
}

#[tokio::test]
async fn x6_who_may_not_be_seen_is_left_out_and_the_page_is_filled_all_the_same() {
    let place = Place::open().await;
    let (reader, amina, hidden) = (place.stage.person(), place.stage.person(), place.stage.person());
    for author in [&amina, &hidden] {
        place.follow(&reader, author).await;
    }
    post(&amina, "one").await;
    post(&amina, "two").await;
    for number in 0..40 {
        post(&hidden, &format!("hidden {number}")).await;
    }
    place.world().closed.insert(hidden.id);
    let page = reader.get(&format!("{FEED}&limit=2")).await.ok();
    assert_eq!((texts_of(&page), next(FEED, &page)), (vec!["two".to_owned(), "one".to_owned()], None));
    place.world().profile_is_down = true;
    reader.get(FEED).await.refused(503, "unavailable");
}

#[tokio::test]
async fn a_page_asks_in_batches() {
    let place = Place::open().await;
    let (reader, product) = (place.stage.person(), place.product(5));
    for _ in 0..10 {
        let author = place.stage.person();
        place.follow(&reader, &author).await;
        recommend(&author, product).await;
    }
    place.world().asked = 0;
    assert_eq!(texts(&reader, FEED).await.len(), 10);
    assert_eq!(place.world().asked, 4, "who sees the authors, their cards, the products, who sees their sellers");
}

#[tokio::test]
async fn a_follow_counts_whatever_order_its_news_come_in() {
    let place = Place::open().await;
    let (amina, baraka) = (place.stage.person(), place.stage.person());
    post(&amina, "one").await;
    let (follower, followee) = (baraka.id, amina.id);
    place.stage.tell(&Unfollowed { follower, followee, version: 2 }).await;
    place.stage.tell(&Followed { follower, followee, version: 1 }).await;
    assert!(texts(&baraka, FEED).await.is_empty());
    place.stage.tell(&Followed { follower, followee, version: 5 }).await;
    place.stage.tell(&Unfollowed { follower, followee, version: 4 }).await;
    assert_eq!(texts(&baraka, FEED).await, ["one"]);
}
