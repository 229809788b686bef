//! The development outbox.

use axum::{body::Body, http::Request};
use contracts::commerce::{OrderDelivered, OrderHead};
use host::Mode;
use testkit::{Reply, Stage};

use crate::world::{market, person, phone_only, stage};

async fn page(stage: &Stage, path: &str) -> Reply {
    let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    stage.anonymous().send(Request::get(path).header("accept", accept).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn n2_the_outbox_shows_what_was_sent_newest_first_with_its_link() {
    let stage = stage().await;
    let (buyer, seller) = (person(&stage, "baraka").await, person(&stage, "amina").await);
    let head = market::head(&stage, &buyer, &seller);
    stage.tell(&market::shipped(&head, None)).await;
    stage.tell(&OrderDelivered { head: head.clone() }).await;
    let outbox = stage.anonymous().get("/dev/outbox").await.ok();
    let templates: Vec<_> = outbox["items"].as_array().unwrap().iter().map(|sent| sent["template"].clone()).collect();
    assert_eq!(templates, ["commerce.order_delivered.v1", "commerce.order_shipped.v1"]);
    let sent = &outbox["items"][0];
    let link = format!("http://nexgate.test/orders/{}", head.order);
    assert_eq!(
        (&sent["channel"], &sent["to"], &sent["data"]["link"]),
        (&"email".into(), &"baraka@example.com".into(), &link.clone().into())
    );
    assert_eq!(sent["subject"], "Your order has arrived");
    assert!(sent["body"].as_str().unwrap().ends_with(&format!("\n\n{link}")));
    assert_eq!(sent["at"], "2026-11-23T08:00:00Z");
}

#[tokio::test]
async fn the_outbox_is_filtered_by_address_with_or_without_an_escaped_plus() {
    let stage = stage().await;
    let (buyer, seller) = (phone_only(&stage, "baraka", "+255712000001").await, person(&stage, "amina").await);
    market::everything(&stage, &buyer, &seller).await;
    for path in ["/dev/outbox?to=%2B255712000001", "/dev/outbox?to=+255712000001"] {
        let outbox = stage.anonymous().get(path).await.ok();
        let items = outbox["items"].as_array().unwrap().clone();
        assert!(items.len() == 6 && items.iter().all(|sent| sent["to"] == "+255712000001"), "{path}");
    }
    let nobody = stage.anonymous().get("/dev/outbox?to=nobody@example.com").await.ok();
    assert_eq!(nobody["items"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn a_browser_gets_a_page_with_everything_escaped_and_nothing_from_outside() {
    let stage = stage().await;
    assert!(page(&stage, "/dev/outbox").await.text.contains("Nothing was sent yet."));
    let (buyer, seller) = (person(&stage, "baraka").await, person(&stage, "amina").await);
    let head = OrderHead { title: "<script>alert('x')</script>".into(), ..market::head(&stage, &buyer, &seller) };
    stage.tell(&OrderDelivered { head }).await;
    let shown = page(&stage, "/dev/outbox?to=baraka%40example.com").await;
    assert!(shown.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    assert!(shown.text.contains("Your order has arrived") && shown.text.contains("baraka@example.com"));
    assert!(!shown.text.contains("<script>") && shown.text.contains("script&#62;"), "{}", shown.text);
    assert!(!shown.text.contains("<style") && !shown.text.contains(" style="), "{}", shown.text);
    assert!(!shown.text.contains("src=\"http") && !shown.text.contains("href=\"http"), "{}", shown.text);
    assert_eq!(shown.headers["cache-control"], "no-store");
    let quoted = page(&stage, "/dev/outbox?to=%22%3E%3Cb%3E").await;
    assert!(!quoted.text.contains("\"><b>"));
}

#[tokio::test]
async fn outside_development_mode_there_is_no_outbox() {
    let stage = Stage::of(notification::service()).with(|config| config.mode = Mode::Production).start().await;
    stage.anonymous().get("/dev/outbox").await.refused(404, "not_found");
    assert_eq!(page(&stage, "/dev/outbox?to=x").await.status, 404);
}
