//! The pages: the feed, one post for everybody, and writing.

use std::time::Duration;

use axum::{
    body::Body,
    http::{Request, header},
};
use contracts::profile::Badge;
use testkit::Person;

use crate::world::{Place, post, recommend};

const HOSTILE: &str = "<script>alert(1)</script> \"><img src=x onerror=alert(1)> {{ 7*7 }}";
const ESCAPED: &str = "&#60;script&#62;alert(1)&#60;/script&#62; &#34;&#62;&#60;img src=x onerror=alert(1)&#62; {{ 7*7 }}";

/// Where a post's page is, from its path in the API.
fn page_of(path: &str) -> &str {
    path.strip_prefix("/api/v1").unwrap()
}

pub async fn in_swahili(person: &Person, path: &str) -> String {
    let request = Request::get(path).header(header::ACCEPT, "text/html").header(header::ACCEPT_LANGUAGE, "sw");
    let request = request.header(header::AUTHORIZATION, format!("Bearer {}", person.token.as_ref().unwrap()));
    person.send(request.body(Body::empty()).unwrap()).await.html()
}

#[tokio::test]
async fn s6_the_feed_shows_posts_with_their_products_and_the_rest_on_further_pages() {
    let place = Place::open().await;
    let (amina, baraka) = (place.stage.person(), place.stage.person());
    let empty = baraka.page("/feed").await.html();
    assert!(empty.contains("Nothing is here yet.") && empty.contains("href=\"/compose\""), "{empty}");
    place.follow(&baraka, &amina).await;
    let product = place.product(3);
    let shown = recommend(&amina, product).await;
    let id = shown.rsplit('/').next().unwrap();
    let feed = baraka.page("/feed").await.html();
    for part in ["New dresses!", "Kitenge dress", "TZS 12,500", "3 left", &format!("href=\"/products/{product}?post={id}\"")] {
        assert!(feed.contains(part), "{part}: {feed}");
    }
    for number in 0..20 {
        place.stage.advance(Duration::from_secs(1));
        post(&amina, &format!("Number {number}.")).await;
    }
    let first = baraka.page("/feed").await.html();
    assert!(!first.contains("New dresses!"), "twenty newer ones stand before it");
    let more = first.split("href=\"/feed?cursor=").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let rest = baraka.page(&format!("/feed?cursor={more}")).await.html();
    assert!(rest.contains("New dresses!") && !rest.contains("hx-get=\"/feed?cursor="), "{rest}");
    assert_eq!(baraka.page("/feed?cursor=AAAA").await.status, 400);
    assert_eq!(place.stage.anonymous().page("/feed").await.leads_to(), "/login?then=%2Ffeed");
}

#[tokio::test]
async fn w1_a_post_is_for_everybody_and_has_a_preview() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let path = post(&amina, "Market day in Kariakoo.").await;
    let page = place.stage.anonymous().page(page_of(&path)).await.html();
    for part in [
        "property=\"og:title\" content=\"Somebody\"",
        "property=\"og:description\" content=\"Market day in Kariakoo.\"",
        "og:url",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("/edit\"") && !page.contains("/delete\""), "nobody else's to change");
    place.world().absent.insert(amina.id);
    assert_eq!(place.stage.anonymous().page(page_of(&path)).await.status, 404, "x6");
    assert_eq!(place.stage.person().page(&format!("/users/{}/posts", amina.id)).await.status, 404, "x6");
}

#[tokio::test]
async fn s1_somebody_writes_changes_and_deletes() {
    let place = Place::open().await;
    let (amina, stranger) = (place.stage.person(), place.stage.person());
    let empty = amina.form("/compose", &[("once", "one"), ("text", " ")]).await;
    assert!(empty.status == 422 && empty.text.contains("role=\"alert\""), "{}", empty.text);
    let long = "a".repeat(5001);
    assert_eq!(amina.form("/compose", &[("once", "one"), ("text", &long)]).await.status, 422);
    assert_eq!(amina.form("/compose", &[("once", "one"), ("text", "Two\r\nlines.")]).await.leads_to(), "/feed");
    let mine = amina.page(&format!("/users/{}/posts", amina.id)).await.html();
    assert!(mine.contains("Two\nlines."), "a line break is one character: {mine}");
    let path = mine.split("href=\"/posts/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let page = format!("/posts/{path}");
    for form in ["edit", "delete"] {
        assert_eq!(stranger.form(&format!("{page}/{form}"), &[("text", "Mine now.")]).await.status, 404, "{form}");
    }
    assert_eq!(stranger.page(&format!("{page}/edit")).await.status, 404);
    assert_eq!(amina.form(&format!("{page}/edit"), &[("text", "Three lines.")]).await.leads_to(), page);
    assert!(amina.page(&page).await.html().contains("Three lines."));
    assert_eq!(amina.form(&format!("{page}/delete"), &[]).await.leads_to(), "/feed");
    assert_eq!(amina.page(&page).await.status, 404);
}

#[tokio::test]
async fn s2_a_product_is_posted_from_its_page() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let product = place.product(1).to_string();
    let page = amina.page(&format!("/compose?product={product}")).await.html();
    assert!(page.contains("Kitenge dress") && page.contains(&format!("name=\"product\" value=\"{product}\"")), "{page}");
    assert_eq!(amina.form("/compose", &[("once", "one"), ("text", "Look!"), ("product", &product)]).await.leads_to(), "/feed");
    assert!(amina.page("/feed").await.html().contains("Kitenge dress"));
    let gone = place.stage.id::<contracts::ids::Product>().to_string();
    let refused = amina.form("/compose", &[("once", "two"), ("text", "Look!"), ("product", &gone)]).await;
    assert!(refused.status == 422 && refused.text.contains("Look!"), "what was typed stays: {}", refused.text);
}

#[tokio::test]
async fn f2_pictures_of_a_post_are_offered_in_sizes_and_small_to_whoever_saves_data() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let media = place.stage.id();
    place.album.upload(amina.id, media);
    let page = amina.page(&format!("/compose?product=&media={media}%2Cmed_00000000000000000000000007%2Cnonsense")).await.html();
    assert!(page.contains(&format!("name=\"media\" value=\"{media}\"")), "only what is the author's stays: {page}");
    assert!(page.contains("href=\"/compose?media=\" data-does=\"without\""), "{page}");
    let (ids, name) = (media.to_string(), format!("alt-{media}"));
    let long = "a".repeat(1001);
    let refused = amina.form("/compose", &[("once", "zero"), ("text", "Look!"), ("media", &ids), (&name, &long)]).await;
    assert!(refused.status == 422 && refused.text.contains("Too long: at most 1000 fit here."), "{}", refused.text);
    assert!(refused.text.contains(&format!("name=\"{name}\" value=\"{long}\"")), "what was typed stays");
    let form = [("once", "one"), ("text", "Look!"), ("media", &*ids), (&*name, "A red dress <b>")];
    assert_eq!(amina.form("/compose", &form).await.leads_to(), "/feed");
    place.stage.tell(&place.album.finish(media)).await;
    let feed = amina.page("/feed").await.html();
    assert!(feed.contains("alt=\"A red dress &#60;b&#62;\"") && feed.contains("fetchpriority=\"high\""), "{feed}");
    let picture = feed.split("<img src=\"").nth(1).and_then(|rest| rest.split('>').next()).unwrap();
    assert!(picture.contains(" width=\"") && picture.contains(" height=\""), "nothing shifts when it comes: {picture}");
    let unknown =
        amina.form("/compose", &[("once", "two"), ("text", "Look!"), ("media", "med_00000000000000000000000007")]).await;
    assert!(unknown.status == 422 && unknown.text.contains("<p class=\"wrong\">"), "{}", unknown.text);
    assert!(unknown.text.contains("name=\"media\" value=\"\""), "it can be sent without: {}", unknown.text);
}

#[tokio::test]
async fn w7_what_people_write_stays_text() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let product = place.product(1);
    place.world().products.get_mut(&product).unwrap().name = HOSTILE.into();
    place.world().products.get_mut(&product).unwrap().shop_name = HOSTILE.into();
    let form = [("once", "one"), ("text", HOSTILE), ("product", &product.to_string())];
    assert_eq!(amina.form("/compose", &form).await.leads_to(), "/feed");
    let path = format!("/users/{}/posts", amina.id);
    let list = amina.page(&path).await.html();
    let one = list.split("href=\"/posts/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let long = format!("{HOSTILE}{}", "a".repeat(5001));
    let pages = [
        ("list", list),
        ("feed", amina.page("/feed").await.html()),
        ("post", amina.page(&format!("/posts/{one}")).await.html()),
        ("edit", amina.page(&format!("/posts/{one}/edit")).await.html()),
        ("form", amina.form("/compose", &[("once", "two"), ("text", &long)]).await.text),
    ];
    for (name, page) in pages {
        assert!(page.contains(ESCAPED), "{name}: {page}");
        assert!(!page.contains("<script>") && !page.contains("<img src=x"), "{name}: {page}");
    }
}

#[tokio::test]
async fn p6_what_is_verified_of_an_author_stands_after_their_name() {
    let place = Place::open().await;
    let (amina, baraka) = (place.stage.person(), place.stage.person());
    let paths = [post(&amina, "Habari").await, post(&baraka, "Habari").await];
    place.world().badges.insert(amina.id, Badge::Business);
    let after = ">Somebody</a> <span class=\"verified business\" title=\"Verified business\">";
    for page in [page_of(&paths[0]), "/feed", &format!("/users/{}/posts", amina.id)] {
        let html = amina.page(page).await.html();
        assert!(html.contains(after), "{page}: {html}");
    }
    let list = in_swahili(&amina, &format!("/users/{}/posts", amina.id)).await;
    let title = list.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).unwrap();
    assert!(title.contains("title=\"Biashara iliyothibitishwa\""), "beside the name in the title, too: {title}");
    for page in [page_of(&paths[1]), "/feed", &format!("/users/{}/posts", baraka.id)] {
        assert!(!baraka.page(page).await.html().contains("class=\"verified"), "{page}");
    }
}

#[tokio::test]
async fn w3_the_pages_speak_swahili() {
    let place = Place::open().await;
    let amina = place.stage.person();
    post(&amina, "Habari").await;
    for (path, words) in [("/feed", "sasa hivi"), ("/compose", "Picha")] {
        let page = in_swahili(&amina, path).await;
        assert!(page.contains("<html lang=\"sw\">") && page.contains(words), "{path}: {page}");
    }
}
