//! Escrows as their parties see them.

use serde_json::{Value, json};

use crate::world::{deal, hold, refund, release, somebody_with, stage, text};

fn references(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|escrow| text(&escrow["reference"])).collect()
}

#[tokio::test]
async fn m6_both_parties_see_an_escrow_and_nobody_else_does() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 5_000).await);
    let held = hold(&stage, &deal("ord_1", &baraka, &amina, 1_000)).await.unwrap();
    let path = format!("/api/v1/escrows/{}", held.escrow);
    let (payer, payee) = (baraka.get(&path).await.ok(), amina.get(&path).await.ok());
    assert_eq!((&payer["role"], &payer["status"], &payer["fee"]), (&json!("payer"), &json!("held"), &json!(null)));
    assert_eq!((&payee["role"], &payee["fee"]["minor"], &payee["title"]), (&json!("payee"), &json!(50), &json!("Kitenge dress")));
    stage.person().get(&path).await.refused(404, "not_found");
    stage.anonymous().get(&path).await.refused(401, "unauthenticated");
    release(&stage, "ord_1").await.unwrap();
    let released = amina.get(&path).await.ok();
    assert_eq!((&released["status"], &released["matures_at"]), (&json!("released"), &json!("2026-11-25T08:00:00Z")));
}

#[tokio::test]
async fn m6_escrows_are_listed_by_side_newest_first_in_pages() {
    let stage = stage().await;
    let (amina, baraka) = (somebody_with(&stage, 5_000).await, somebody_with(&stage, 5_000).await);
    for number in 0..3 {
        hold(&stage, &deal(&format!("ord_b{number}"), &baraka, &amina, 100)).await.unwrap();
        hold(&stage, &deal(&format!("ord_a{number}"), &amina, &baraka, 100)).await.unwrap();
    }
    refund(&stage, "ord_void").await.unwrap();
    let seen = amina.get("/api/v1/escrows").await.ok();
    assert_eq!(references(&seen), ["ord_a2", "ord_b2", "ord_a1", "ord_b1", "ord_a0", "ord_b0"]);
    assert_eq!(references(&amina.get("/api/v1/escrows?role=payer").await.ok()), ["ord_a2", "ord_a1", "ord_a0"]);
    let first = amina.get("/api/v1/escrows?role=payee&limit=2").await.ok();
    let cursor = text(&first["next_cursor"]);
    let second = amina.get(&format!("/api/v1/escrows?role=payee&limit=2&cursor={cursor}")).await.ok();
    assert_eq!((references(&first), references(&second)), (vec!["ord_b2", "ord_b1"], vec!["ord_b0"]));
    amina.get(&format!("/api/v1/escrows?role=payer&cursor={cursor}")).await.refused(400, "invalid_cursor");
    amina.get("/api/v1/escrows?role=thief").await.refused(400, "invalid_query");
    assert_eq!(references(&stage.person().get("/api/v1/escrows").await.ok()), Vec::<&str>::new());
    stage.anonymous().get("/api/v1/escrows").await.refused(401, "unauthenticated");
}
