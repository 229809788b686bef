//! What somebody was told, as pages.

use std::time::Duration;

use axum::{body::Body, http::Request};
use contracts::{
    commerce::{OrderDelivered, OrderHead},
    profile::Followed,
};
use testkit::{Person, Reply, Stage};

use crate::world::{count, inbox_of, market, person, stage, unread};

const SCRIPT: &str = "<script>alert(1)</script>";

/// Tells `reader` of `many` orders that arrived, a minute apart.
async fn orders(stage: &Stage, reader: &Person, many: usize) {
    let seller = person(stage, "seller").await;
    for _ in 0..many {
        stage.advance(Duration::from_mins(1));
        stage.tell(&OrderDelivered { head: market::head(stage, reader, &seller) }).await;
    }
}

async fn in_swahili(person: &Person, path: &str) -> Reply {
    let request = Request::get(path)
        .header("accept", "text/html")
        .header("accept-language", "sw")
        .header("authorization", format!("Bearer {}", person.token.as_deref().unwrap()));
    person.send(request.body(Body::empty()).unwrap()).await
}

/// The ids of the first notice, as its page has it, and where it leads.
fn first(page: &str) -> (String, String) {
    let after = |start: &str| page.split_once(start).and_then(|(_, rest)| rest.split(['/', '"']).next()).unwrap().to_owned();
    let link = page.split_once("name=\"link\" value=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap();
    (after("action=\"/notifications/"), link.to_owned())
}

#[tokio::test]
async fn n2_a_notice_is_marked_while_it_is_unread_and_leads_to_what_it_is_about() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    let empty = amina.page("/notifications").await.html();
    assert!(empty.contains("class=\"empty\"") && empty.contains("href=\"/feed\""), "{empty}");
    orders(&stage, &amina, 2).await;
    let page = amina.page("/notifications").await.html();
    assert!(page.contains("Your order has arrived") && page.matches(">New<").count() == 2, "{page}");
    let (id, link) = first(&page);
    assert!(link.starts_with("/orders/ord_"), "{link}");
    let opened = amina.form(&format!("/notifications/{id}/open"), &[("link", &link)]).await;
    assert_eq!((opened.leads_to(), unread(&amina).await), (link.as_str(), 1));
    let elsewhere = amina.form(&format!("/notifications/{id}/open"), &[("link", "https://evil.example")]).await;
    assert_eq!(elsewhere.leads_to(), "/");
    assert_eq!(amina.page("/notifications").await.html().matches(">New<").count(), 1);
    assert_eq!(amina.form("/notifications/read-all", &[]).await.leads_to(), "/notifications");
    assert_eq!(unread(&amina).await, 0);
    assert_eq!(amina.form(&format!("/notifications/{id}/delete"), &[]).await.leads_to(), "/notifications");
    assert_eq!(inbox_of(&amina).await.len(), 1);
}

#[tokio::test]
async fn n2_every_link_of_a_notice_is_kept() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    stage.tell(&Followed { follower: baraka.id, followee: amina.id, version: 1 }).await;
    let (id, link) = first(&amina.page("/notifications").await.html());
    assert_eq!(link, format!("/users/{}", baraka.id));
    assert_eq!(amina.form(&format!("/notifications/{id}/open"), &[("link", &link)]).await.leads_to(), link);
}

#[tokio::test]
async fn n2_the_count_is_a_number_or_nothing_and_never_kept() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    let shown = async || {
        let part = amina.page("/notifications/unread").await;
        assert_eq!(part.headers["cache-control"], "no-store");
        part.html()
    };
    assert_eq!(shown().await, "");
    orders(&stage, &amina, 3).await;
    assert_eq!(shown().await, "3");
    let more = "with more as (
                    insert into notification.notification (id, fact, kind, user_id, template, data, link, at)
                    select gen_random_uuid(), fact || n, kind, user_id, template, data, link, at
                      from notification.notification, generate_series(1, 40) n
                    returning 1
                )
                select count(*) from more";
    count(&stage, more).await;
    assert_eq!(shown().await, "99+");
    let nobody = stage.anonymous().page("/notifications/unread").await;
    assert_eq!((nobody.status.as_u16(), nobody.text.as_str()), (204, ""));
}

#[tokio::test]
async fn n2_notices_come_in_pages() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    orders(&stage, &amina, 3).await;
    let page = amina.page("/notifications?limit=2").await.html();
    assert_eq!(page.matches("/open\"").count(), 2);
    let cursor = page.split_once("href=\"/notifications?cursor=").and_then(|(_, rest)| rest.split('"').next()).unwrap();
    let rest = amina.page(&format!("/notifications?cursor={cursor}")).await.html();
    assert!(rest.matches("/open\"").count() == 1 && !rest.contains("class=\"more\""), "{rest}");
    assert_eq!(amina.page("/notifications?cursor=nonsense").await.status, 400);
}

#[tokio::test]
async fn w3_notices_speak_the_language_of_the_page_around_them() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    orders(&stage, &amina, 1).await;
    let page = in_swahili(&amina, "/notifications").await.html();
    assert!(page.contains("<html lang=\"sw\"") && page.contains("Oda yako imefika") && page.contains("Weka alama"), "{page}");
    assert!(in_swahili(&amina, "/dev/outbox").await.html().contains("Kisanduku cha majaribio"));
}

#[tokio::test]
async fn w2_what_people_wrote_stays_text() {
    let stage = stage().await;
    let (amina, seller) = (person(&stage, "amina").await, person(&stage, "seller").await);
    let head = OrderHead { title: SCRIPT.into(), shop_name: SCRIPT.into(), ..market::head(&stage, &amina, &seller) };
    stage.tell(&OrderDelivered { head }).await;
    let page = amina.page("/notifications").await.html();
    assert!(!page.contains(SCRIPT) && page.contains("alert(1)"), "{page}");
}

#[tokio::test]
async fn w7_a_notice_is_its_readers_alone() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    orders(&stage, &amina, 1).await;
    let (id, _) = first(&amina.page("/notifications").await.html());
    for verb in ["open", "delete"] {
        let path = format!("/notifications/{id}/{verb}");
        assert_eq!(baraka.form(&path, &[("link", "/")]).await.status, 404, "{verb}");
        assert!(stage.anonymous().form(&path, &[]).await.leads_to().starts_with("/login"), "{verb}");
    }
    assert!(stage.anonymous().page("/notifications").await.leads_to().starts_with("/login"));
    assert!(stage.anonymous().form("/notifications/read-all", &[]).await.leads_to().starts_with("/login"));
    assert_eq!((unread(&amina).await, baraka.page("/notifications").await.html().matches("/open\"").count()), (1, 0));
}
