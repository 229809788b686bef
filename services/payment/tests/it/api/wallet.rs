//! The wallet and its history.

use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{deal, hold, refund, release, somebody_with, stage, text, wallet};

const HISTORY: &str = "/api/v1/wallet/transactions";

#[tokio::test]
async fn m3_somebody_with_nothing_has_a_wallet_of_nothing() {
    let stage = stage().await;
    let nothing = json!({"minor": 0, "currency": "TZS"});
    let seen = stage.person().get("/api/v1/wallet").await.ok();
    assert_eq!(seen, json!({"balances": [{"currency": "TZS", "available": nothing, "held": nothing}]}));
    stage.anonymous().get("/api/v1/wallet").await.refused(401, "unauthenticated");
}

/// Kind, title, amount and reference of each line.
fn lines(page: &Value) -> Vec<(&str, &str, i64, &str)> {
    let line = |line: &'_ Value| line["amount"]["minor"].as_i64().unwrap();
    let items = page["items"].as_array().unwrap().iter();
    items.map(|one| (text(&one["type"]), text(&one["title"]), line(one), text(&one["reference"]))).collect()
}

#[tokio::test]
async fn m3_the_history_has_one_clear_line_for_each_thing_that_happened() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 5_000).await);
    for (reference, minor) in [("ord_1", 1_000), ("ord_2", 2_000)] {
        hold(&stage, &deal(reference, &baraka, &amina, minor)).await.unwrap();
    }
    release(&stage, "ord_1").await.unwrap();
    refund(&stage, "ord_2").await.unwrap();
    stage.advance(Duration::from_hours(48));
    stage.settle().await;
    let bought = baraka.get(HISTORY).await.ok();
    let top_up = text(&bought["items"][3]["reference"]).to_owned();
    let dress = "Kitenge dress";
    assert_eq!(
        lines(&bought),
        [
            ("refund", dress, 2_000, "ord_2"),
            ("payment", dress, -2_000, "ord_2"),
            ("payment", dress, -1_000, "ord_1"),
            ("top_up", "Top-up", 5_000, top_up.as_str()),
        ]
    );
    assert!(top_up.starts_with("top_") && text(&bought["items"][0]["id"]).starts_with("txn_"));
    assert_eq!(lines(&amina.get(HISTORY).await.ok()), [("sale", dress, 950, "ord_1")]);
    assert_eq!((wallet(&baraka).await, wallet(&amina).await), ((4_000, 0), (950, 0)));
}

#[tokio::test]
async fn m3_the_history_comes_in_pages_without_gap_or_double_and_is_ones_own() {
    let stage = stage().await;
    let (amina, baraka) = (somebody_with(&stage, 10).await, somebody_with(&stage, 5_000).await);
    for number in 0..7 {
        // Money of both accounts: what was sold and what was paid.
        hold(&stage, &deal(&format!("ord_{number}"), &baraka, &amina, 100)).await.unwrap();
        release(&stage, &format!("ord_{number}")).await.unwrap();
    }
    let (mut references, mut path) = (Vec::new(), format!("{HISTORY}?limit=3"));
    loop {
        let page = amina.get(&path).await.ok();
        references.extend(lines(&page).iter().map(|line| line.3.to_owned()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        baraka.get(&format!("{HISTORY}?cursor={cursor}")).await.refused(400, "invalid_cursor");
        path = format!("{HISTORY}?limit=3&cursor={cursor}");
    }
    let top_up = references.pop().unwrap();
    assert_eq!(references, ["ord_6", "ord_5", "ord_4", "ord_3", "ord_2", "ord_1", "ord_0"]);
    assert!(top_up.starts_with("top_"));
    assert_eq!(lines(&stage.person().get(HISTORY).await.ok()), []);
    stage.anonymous().get(HISTORY).await.refused(401, "unauthenticated");
}
