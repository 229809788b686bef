//! Lists read to their end, page by page: no hole and no double (S6).

use std::{collections::HashSet, time::Duration};

use futures_util::future::join_all;
use testkit::Person;

use super::lists::FEED;
use crate::world::{Place, next, post, texts_of};

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
