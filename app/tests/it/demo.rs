//! `nexgate demo`: a market that can be looked at, and is the same market when it is played again.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{browser, place::Place, running::Running};

/// Whatever people made: a second play adds to none of it.
const MADE: &str = "select (select count(*) from auth.account), (select count(*) from commerce.product),
    (select count(*) from files.media), (select count(*) from social.post), (select count(*) from social.follow),
    (select count(*) from commerce.orders), (select count(*) from payment.journal)";

type Made = (i64, i64, i64, i64, i64, i64, i64);

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_market_is_played_once_however_often_it_is_played() {
    let node = Running::up();
    let play = || node.beside(&["demo", "--url", &format!("http://{}", node.address())]);
    let (ok, said) = play();
    assert!(ok && said.contains("40 products"), "{said}");
    let mut database = node.database().await;
    let made: Made = sqlx::query_as(MADE).fetch_one(&mut database).await.unwrap();
    assert_eq!((made.0, made.1, made.2, made.5), (18, 40, 40, 12), "{made:?}");
    let (ok, said) = play();
    assert!(ok, "{said}");
    assert_eq!(sqlx::query_as::<_, Made>(MADE).fetch_one(&mut database).await.unwrap(), made);
    for name in ["neema", "asha", "juma"] {
        let login = json!({"identifier": format!("{name}@demo.example"), "password": "soko la mfano 2026"});
        let (status, tokens) = node.call(Method::POST, "/api/v1/auth/login", None, None, login).await.unwrap();
        assert_eq!(status, StatusCode::OK, "{tokens}");
        if name == "neema" {
            look_at_the_feed(&node, tokens["access_token"].as_str().unwrap()).await;
        }
    }
    node.must_become_sound().await;
    // Its pages in a browser: what they weigh (W5), and how they look.
    browser::tell(&node, "market");
}

/// Every product of the feed has its picture, and every address of it leads to one.
async fn look_at_the_feed(node: &Running, token: &str) {
    let (_, feed) = node.call(Method::GET, "/api/v1/feed?limit=50", Some(token), None, Value::Null).await.unwrap();
    let cards: Vec<&Value> = feed["items"].as_array().unwrap().iter().filter(|post| post["type"] == "product").collect();
    assert!(cards.len() >= 15, "{feed}");
    for card in cards {
        let picture = &card["card"]["product"]["picture"];
        assert_eq!((&picture["width"], picture["variants"].as_array().unwrap().len()), (&json!(800), 6), "{card}");
        let url = picture["variants"][0]["url"].as_str().unwrap();
        let path = url.split_once("/media/").unwrap().1;
        assert_eq!(
            &reqwest::get(format!("http://{}/media/{path}", node.address())).await.unwrap().bytes().await.unwrap()[..4],
            b"RIFF"
        );
    }
    let (_, orders) = node.call(Method::GET, "/api/v1/orders?limit=50", Some(token), None, Value::Null).await.unwrap();
    let states: Vec<_> = orders["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|order| (order["status"].as_str().unwrap(), order["fulfilment"].as_str().unwrap()))
        .collect();
    for state in [("open", "waiting"), ("open", "accepted"), ("open", "shipped"), ("cancelled", "waiting")] {
        assert!(states.contains(&state), "{state:?} {states:?}");
    }
    assert!(states.iter().any(|(_, fulfilment)| *fulfilment == "delivered"), "{states:?}");
}
