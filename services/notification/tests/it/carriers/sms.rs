//! SMS by an aggregator.

use contracts::auth::Channel;
use kernel::Locale;
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::json;

use super::{Log, after, aggregator, carried, code, mail_server, stand, stands};
use crate::world::{contacts, face, market, person};

const PHONE: &str = "+255712000001";

#[tokio::test]
async fn n2_an_sms_is_one_post_with_a_reference_of_its_own() {
    let mut aggregator = aggregator(json!([]));
    let counts = PrometheusBuilder::new().build_recorder();
    let _counted = metrics::set_default_local_recorder(&counts);
    let stage = carried().await;
    stage.tell(&code(&stage, Channel::Sms, PHONE)).await;
    let asked = aggregator.says();
    let id: String =
        sqlx::query_scalar("select id::text from notification.delivery").fetch_one(&stage.database.owner).await.unwrap();
    let text = "482913 ni namba yako ya kujiunga na Nexgate. Inatumika hadi saa 11:10. Usimpe mtu yeyote.";
    assert_eq!(asked["body"], json!({"reference": id, "sender": "NEXGATE", "to": PHONE, "text": text}));
    assert_eq!((&asked["path"], &asked["type"]), (&json!("/v1/messages"), &json!("application/json")));
    assert_eq!((&asked["key"], &asked["once"]), (&json!("Bearer key-canary"), &json!(id)));
    assert_eq!(stand(&stage).await, [stands("sent", "", 0)]);
    let shown = counts.handle().render();
    assert!(shown.contains(r#"nexgate_deliveries_total{channel="sms",outcome="sent"} 1"#), "{shown}");
    assert!(shown.contains("nexgate_sms_segments_total 1"), "{shown}");
}

#[tokio::test]
async fn n5_an_aggregator_that_is_busy_broken_or_silent_gets_the_same_again() {
    let mut aggregator = aggregator(json!([[429, 30], 500, "silent"]));
    let stage = carried().await;
    stage.tell(&code(&stage, Channel::Sms, PHONE)).await;
    assert_eq!(stand(&stage).await, [stands("waiting", "the aggregator: 429 invalid_number", 1)]);
    after(&stage, 29).await;
    assert_eq!(stand(&stage).await[0].1, "the aggregator: 429 invalid_number", "it asked for thirty seconds");
    after(&stage, 1).await;
    assert_eq!(stand(&stage).await, [stands("waiting", "the aggregator: 500 invalid_number", 2)]);
    after(&stage, 4).await;
    assert_eq!(stand(&stage).await, [stands("waiting", "the aggregator: no answer in time", 3)]);
    after(&stage, 59).await;
    assert_eq!(stand(&stage).await[0].0, "waiting", "x10: unknown, and so slowly");
    after(&stage, 1).await;
    assert_eq!(stand(&stage).await, [stands("sent", "", 3)]);
    let asked = [(); 4].map(|()| aggregator.says());
    assert!(asked.iter().all(|one| one["body"] == asked[0]["body"] && one["once"] == asked[0]["once"]));
    assert_eq!(
        asked.map(|one| one["copy"].as_bool().unwrap()),
        [false, false, false, true],
        "it can tell the copy by its reference"
    );
}

#[tokio::test]
async fn x14_an_sms_refused_for_good_fails_and_neither_number_nor_key_is_logged() {
    let mut aggregator = aggregator(json!([400]));
    let (log, _logged) = Log::begin();
    let stage = carried().await;
    stage.tell(&code(&stage, Channel::Sms, PHONE)).await;
    assert_eq!(stand(&stage).await, [stands("failed", "the aggregator: 400 invalid_number", 0)]);
    after(&stage, 3600).await;
    aggregator.says();
    assert!(aggregator.kill().is_empty(), "it isn't asked again");
    let log = log.text();
    assert!(log.contains("the aggregator: 400 invalid_number"), "{log}");
    assert!(!log.contains("712000001") && !log.contains("canary") && !log.contains("482913"), "{log}");
}

#[tokio::test]
async fn n5_what_is_ours_to_mend_waits_and_no_redirect_is_followed() {
    let mut aggregator = aggregator(json!([401, 302, "huge"]));
    let stage = carried().await;
    stage.tell(&code(&stage, Channel::Sms, PHONE)).await;
    assert_eq!(stand(&stage).await, [stands("waiting", "the aggregator: 401 invalid_number", 1)]);
    after(&stage, 2).await;
    assert_eq!(stand(&stage).await, [stands("waiting", "the aggregator: 302 invalid_number", 2)]);
    // A million bytes with its yes are not read, and it is a yes.
    after(&stage, 4).await;
    assert_eq!(stand(&stage).await, [stands("sent", "", 2)]);
    let paths = [(); 3].map(|()| aggregator.says()["path"].clone());
    assert_eq!(paths, [(); 3].map(|()| json!("/v1/messages")));
}

#[tokio::test]
async fn n5_money_news_no_mail_server_brings_goes_by_sms_where_there_is_a_phone_too() {
    let (_server, mut aggregator) = (mail_server(json!(["unknown", "unknown", "unknown"])), aggregator(json!([])));
    let stage = carried().await;
    let (buyer, seller) = (stage.person(), person(&stage, "amina").await);
    stage.tell(&face(&buyer, 1, "baraka")).await;
    stage.tell(&contacts(&buyer, 1, Some("baraka@example.com"), Some(PHONE), Locale::En)).await;
    let head = market::head(&stage, &buyer, &seller);
    stage.tell(&market::shipped(&head, None)).await;
    stage.tell(&market::refunded(&stage, buyer.id, &head)).await;
    let asked = aggregator.says();
    assert_eq!((&asked["body"]["to"], asked["body"]["text"].as_str().unwrap().contains("refund")), (&json!(PHONE), true));
    assert!(aggregator.kill().is_empty(), "news that aren't critical have no other way");
    // Somebody with nothing but e-mail has none either.
    stage.tell(&market::released(&stage, seller.id, &head)).await;
    let states: Vec<String> = stand(&stage).await.into_iter().map(|(state, ..)| state).collect();
    assert_eq!((states.iter().filter(|state| *state == "failed").count(), states.len()), (3, 4), "{states:?}");
}
