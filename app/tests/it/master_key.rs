//! The master key of a running house is changed, one process after the other, as the page for operators says.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    place::{PATIENCE, Place, Shop},
    split::Split,
    world::World,
};

/// The market asks accounts and money, which tell notification: by this order each talks to one that knows less, and to one that
/// knows more.
const ORDER: [usize; 3] = [1, 0, 2];

async fn refresh(split: &Split, token: &Value) -> (StatusCode, Value) {
    let body = json!({"refresh_token": token});
    split.insist(Method::POST, "/api/v1/auth/token/refresh", None, "none", body).await
}

/// Has the hourly job run now, and waits until it has sealed the signing keys anew.
async fn seal_again(split: &Split) {
    let query = "select array_agg(sealed order by number) from auth.signing_key";
    let sealed = async || sqlx::query_scalar::<_, Vec<Vec<u8>>>(query).fetch_one(split.owner("auth")).await.unwrap();
    let before = sealed().await;
    sqlx::raw_sql("update kernel.schedule set next_at = now() where service = 'auth'")
        .execute(split.owner("auth"))
        .await
        .unwrap();
    let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(50)));
    while sealed().await == before {
        assert!(Instant::now() < until, "nobody sealed the signing keys again");
        pause.tick().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_master_key_of_a_running_house_changes_and_nobody_is_signed_out() {
    let (old, new) = ("ab".repeat(32), "cd".repeat(32));
    let split = Split::open().await;
    let shop = Shop::open(&split, 100).await;
    let (first, second) = (split.sign_up_with_tokens("baraka").await, split.sign_up_with_tokens("neema").await);
    let buyer = first["access_token"].as_str().unwrap();
    shop.top_up(&split, buyer, "first").await;
    let shipped = shop.ship(&split, buyer, "before").await;

    // Everybody is told of the new key; then everybody uses it.
    for (turn, (current, accepted)) in [(&old, &new), (&new, &old)].into_iter().enumerate() {
        for part in ORDER {
            split.restart_with(part, current, accepted).await;
            shop.buy(&split, buyer, &format!("{turn}-{part}")).await;
            split.sign_up(&format!("guest_{turn}_{part}")).await;
        }
    }
    let (ok, said) = split.beside(0, &["doctor"]);
    assert!(said.contains("look master key: 1 old master key is still accepted"), "{ok} {said}");
    let (status, first) = refresh(&split, &first["refresh_token"]).await;
    assert_eq!(status, StatusCode::OK, "{first}");
    shop.hand_over(&split, buyer, &shipped, "before").await;
    seal_again(&split).await;

    // The old one is dropped: what has been used since knows nothing of it.
    for part in ORDER {
        split.restart_with(part, &new, "").await;
        shop.buy(&split, buyer, &format!("after-{part}")).await;
    }
    assert_eq!(refresh(&split, &first["refresh_token"]).await.0, StatusCode::OK);
    let (status, refused) = refresh(&split, &second["refresh_token"]).await;
    assert_eq!((status, &refused["code"]), (StatusCode::UNAUTHORIZED, &json!("auth.refresh_invalid")), "not used since");
    split.must_be_sound().await;
}
