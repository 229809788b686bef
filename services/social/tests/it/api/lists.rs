//! The Following feed and other lists (S6): whose posts they show, to whom, and read to their end with no hole and no double.

use std::{collections::HashSet, time::Duration};

use contracts::profile::{Followed, Unfollowed};
use futures_util::future::join_all;
use testkit::Person;

use crate::world::{Place, next, post, recommend, texts, texts_of};

const FEED: &str = "/api/v1/feed?tab=following";

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
async fn p4_whose_posts_are_muted_is_left_out_of_the_feed_and_found_where_one_looks_for_them() {
    let place = Place::open().await;
    let (amina, baraka) = (place.stage.person(), place.stage.person());
    place.follow(&baraka, &amina).await;
    let path = post(&amina, "one").await;
    place.world().muted.insert(amina.id);
    assert!(texts(&baraka, FEED).await.is_empty());
    assert_eq!(texts(&baraka, &format!("/api/v1/users/{}/posts", amina.id)).await, ["one"]);
    assert_eq!(baraka.get(&path).await.status, 200);
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
    place.world().asked = 0;
    let page = reader.get(&format!("{FEED}&limit=2")).await.ok();
    assert_eq!((texts_of(&page), next(FEED, &page)), (vec!["two".to_owned(), "one".to_owned()], None));
    assert_eq!(place.world().asked, 2, "each of the two: about nobody twice");
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
    assert_eq!(place.world().asked, 3, "the authors, the products, their sellers");
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

/// Reads a list to its end in pages of `limit`; after each page `between` happens.
async fn walk(reader: &Person, list: &str, mut between: impl AsyncFnMut()) -> Vec<String> {
    let (mut seen, mut page) = (Vec::new(), reader.get(list).await.ok());
    loop {
        seen.extend(texts_of(&page));
        let Some(path) = next(list, &page) else { return seen };
        between().await;
        page = reader.get(&path).await.ok();
    }
}

/// Somebody who follows thirty people, some prolific and some quiet, and the 250 posts of those, newest first.
struct Crowd {
    place: Place,
    reader: Person,
    authors: Vec<Person>,
    posts: Vec<String>,
}

async fn crowd() -> Crowd {
    let place = Place::open().await;
    let reader = place.stage.person();
    let authors: Vec<Person> = (0..30).map(|_| place.stage.person()).collect();
    for author in &authors {
        place.follow(&reader, author).await;
    }
    let mut posts = Vec::new();
    for number in 0..250_usize {
        // Fifty posts share each instant.
        if number % 50 == 0 {
            place.stage.advance(Duration::from_secs(1));
        }
        let author = if by_the_first(number) { &authors[0] } else { &authors[(number * 7) % 30] };
        post(author, &format!("post {number}")).await;
        posts.insert(0, format!("post {number}"));
    }
    Crowd { place, reader, authors, posts }
}

fn by_the_first(number: usize) -> bool {
    number.is_multiple_of(3)
}

#[tokio::test]
async fn s6_two_hundred_and_fifty_posts_of_thirty_authors_have_no_hole_and_no_double() {
    let crowd = crowd().await;
    for limit in [1, 7, 20, 100] {
        let seen = walk(&crowd.reader, &format!("{FEED}&limit={limit}"), async || ()).await;
        assert_eq!(seen, crowd.posts, "in pages of {limit}");
    }
    let firsts: Vec<String> =
        (0..250).rev().filter(|number| by_the_first(*number)).map(|number| format!("post {number}")).collect();
    let list = format!("/api/v1/users/{}/posts?limit=9", crowd.authors[0].id);
    assert_eq!(walk(&crowd.place.stage.anonymous(), &list, async || ()).await, firsts);
}

#[tokio::test]
async fn s6_what_is_published_meanwhile_stands_above_the_pages_being_read() {
    let crowd = crowd().await;
    let (mut late, list) = (Vec::new(), format!("{FEED}&limit=20"));
    // In the same instant as the newest posts, by one author after another.
    let seen = walk(&crowd.reader, &list, async || {
        let text = format!("late {}", late.len());
        post(&crowd.authors[late.len()], &text).await;
        late.insert(0, text);
    });
    assert_eq!(seen.await, crowd.posts);
    assert_eq!(late.len(), 12);
    assert_eq!(walk(&crowd.reader, &list, async || ()).await, [late, crowd.posts].concat());
}

#[tokio::test]
async fn s6_a_page_of_hidden_authors_does_not_end_the_list() {
    let place = Place::open().await;
    let reader = place.stage.person();
    post(&reader, "mine").await;
    for number in 0..40 {
        let author = place.stage.person();
        place.follow(&reader, &author).await;
        post(&author, &format!("hidden {number}")).await;
        place.world().absent.insert(author.id);
    }
    let list = format!("{FEED}&limit=1");
    let first = reader.get(&list).await.ok();
    assert_eq!((texts_of(&first).len(), next(&list, &first).is_some()), (0, true));
    assert_eq!(walk(&reader, &list, async || ()).await, ["mine"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_published_at_once_are_all_in_the_feed() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let posts: Vec<String> = (0..20).map(|number| format!("post {number}")).collect();
    join_all(posts.iter().map(|text| post(&amina, text))).await;
    let seen = walk(&amina, &format!("{FEED}&limit=3"), async || ()).await;
    assert_eq!((seen.len(), seen.into_iter().collect::<HashSet<_>>()), (20, posts.into_iter().collect()));
}
