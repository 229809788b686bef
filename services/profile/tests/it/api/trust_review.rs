//! A moderator's look at deals that count against somebody (P5).

use std::time::Duration;

use contracts::{
    commerce::{CancelledBy, OrderCancelled, OrderCompleted, OrderHead},
    profile::{PetitionOutcome, TrustReviewed},
};
use kernel::{Currency, Id, Money, User};
use serde_json::{Value, json};
use testkit::{Part, Person, Reply, Stage};

use crate::world::{PAPER, kept, moderator, person, stage};

const DEALS: &str = "/api/v1/users/me/trust/deals";
const DESK: &str = "/api/v1/moderation/petitions";

fn head(stage: &Stage, seller: Id<User>, buyer: Id<User>) -> OrderHead {
    OrderHead {
        order: stage.id(),
        version: 5,
        shop: stage.id(),
        shop_name: "Amina Fabrics".into(),
        seller,
        buyer,
        title: "Kitenge dress".into(),
        quantity: 1,
        total: Money::new(5_000_000, Currency::TZS),
    }
}

async fn completed(stage: &Stage, seller: &Person, buyer: Id<User>, late: bool) -> String {
    let head = head(stage, seller.id, buyer);
    let order = head.order.to_string();
    stage.tell(&OrderCompleted { head, delivered_at: Some(stage.clock.now()), late }).await;
    order
}

async fn called_off(stage: &Stage, seller: &Person, buyer: Id<User>) -> String {
    let head = head(stage, seller.id, buyer);
    let order = head.order.to_string();
    stage.tell(&OrderCancelled { head, by: Some(CancelledBy::Seller), at: Some(stage.clock.now()) }).await;
    order
}

/// To the last bit, once the job that judges has run.
async fn score(stage: &Stage, of: &Person) -> u64 {
    stage.advance(Duration::from_secs(11));
    stage.settle().await;
    let score = sqlx::query_scalar::<_, f64>("select score from profile.trust where user_id = $1").bind(of.id.uuid());
    score.fetch_one(&stage.database.owner).await.unwrap().to_bits()
}

async fn ask(person: &Person, deals: &[&str], words: &str, documents: &[&[u8]]) -> Reply {
    let deals = deals.iter().map(|deal| Part::Word("deals", deal));
    let files = documents.iter().map(|bytes| Part::File("documents", bytes));
    let parts: Vec<_> = deals.chain([Part::Word("words", words)]).chain(files).collect();
    person.hand_in("/api/v1/users/me/trust/review", "*/*", &parts).await
}

fn id(petition: &Value) -> String {
    petition["id"].as_str().unwrap_or_else(|| panic!("{petition}")).to_owned()
}

#[tokio::test]
async fn p5_a_human_looks_at_deals_and_those_struck_out_count_as_if_they_had_not_been() {
    let stage = stage().await;
    let (amina, baraka, buyer) =
        (person(&stage, "amina").await, person(&stage, "baraka").await, moderator(&stage, "chiku").await);
    let dalila = moderator(&stage, "dalila").await;
    for _ in 0..6 {
        completed(&stage, &amina, stage.id(), false).await;
        completed(&stage, &baraka, stage.id(), false).await;
    }
    let before = score(&stage, &amina).await;
    let late = completed(&stage, &amina, buyer.id, true).await;
    let failed = called_off(&stage, &amina, stage.id()).await;
    let baraka_late = completed(&stage, &baraka, stage.id(), true).await;
    let worse = score(&stage, &amina).await;
    assert!(f64::from_bits(worse) < f64::from_bits(before));

    let listed = amina.get(DEALS).await.ok();
    let orders: Vec<&str> = listed["items"].as_array().unwrap().iter().map(|deal| deal["order"].as_str().unwrap()).collect();
    assert!(orders.len() == 2 && orders.contains(&late.as_str()) && orders.contains(&failed.as_str()), "{listed}");
    for (deals, words, status, code) in [
        (vec![], "Why", 422, "profile.deals_missing"),
        (vec![late.as_str()], "  ", 422, "profile.words_missing"),
        (vec!["ord_1"], "Why", 422, "profile.deal_unknown"),
        (vec![late.as_str(), baraka_late.as_str()], "Why", 422, "profile.deal_unknown"),
        (vec![late.as_str(); 22], "Why", 422, "profile.too_many_deals"),
    ] {
        let refused = ask(&amina, &deals, words, &[]).await;
        assert_eq!(refused.status, status, "{}", refused.text);
        let codes = [&refused.json["code"], &refused.json["errors"][0]["code"]];
        assert!(codes.contains(&&json!(code)), "{code}: {}", refused.text);
    }
    let petition = id(&ask(&amina, &[&late, &failed, &late], "The bus had an accident.", &[PAPER]).await.ok());
    let path = format!("{DESK}/{petition}");
    // The buyer is a party, moderator or not.
    assert_eq!(buyer.get(DESK).await.ok()["items"], json!([]));
    buyer.get(&path).await.refused(404, "not_found");
    buyer.post(&format!("{path}/take"), json!({})).await.refused(404, "not_found");
    let seen = dalila.post(&format!("{path}/take"), json!({})).await.ok();
    assert_eq!((seen["deals"].as_array().unwrap().len(), &seen["documents"][0]["format"]), (2, &json!("pdf")));
    let approve =
        async |struck: &[&String]| dalila.post(&format!("{path}/decide"), json!({"outcome": "approved", "struck": struck})).await;
    for (struck, code) in [(vec![], "profile.deals_missing"), (vec![&late, &baraka_late], "profile.deal_unknown")] {
        let refused = approve(&struck).await;
        refused.refused(422, "invalid");
        assert_eq!(refused.json["errors"][0]["code"], code);
    }
    approve(&[&late, &failed]).await.ok();
    assert_eq!(score(&stage, &amina).await, before, "to the last bit");
    let trust = amina.get(&format!("/api/v1/users/{}/trust", amina.id)).await.ok();
    assert_eq!((&trust["struck"], &trust["completed"]), (&json!(2), &json!(6)));
    let told = stage.told::<TrustReviewed>().await;
    assert_eq!((told.len(), told[0].user, told[0].outcome, told[0].struck), (1, amina.id, PetitionOutcome::Approved, 2));
    // What was struck out is in no other petition.
    stage.advance(Duration::from_secs(1));
    ask(&amina, &[&late], "Again", &[]).await.refused(409, "profile.deal_questioned");
    // The buyer learns nothing of it either.
    assert_eq!(buyer.get(&format!("{DESK}?queue=decided")).await.ok()["items"], json!([]));
    // What turns out to be wrong is taken back.
    dalila.post(&format!("{path}/decide"), json!({"outcome": "revoked", "reason": "forged"})).await.ok();
    assert_eq!(score(&stage, &amina).await, worse, "to the last bit");
    assert_eq!(amina.get(DEALS).await.ok()["items"][0]["struck"], json!(false));
}

#[tokio::test]
async fn p5_deals_that_are_taken_back_can_be_asked_about_again_and_those_refused_count_as_before() {
    let stage = stage().await;
    let (amina, dalila) = (person(&stage, "amina").await, moderator(&stage, "dalila").await);
    for _ in 0..5 {
        completed(&stage, &amina, stage.id(), false).await;
    }
    let late = completed(&stage, &amina, stage.id(), true).await;
    let before = score(&stage, &amina).await;
    let first = id(&ask(&amina, &[&late], "Why", &[PAPER]).await.ok());
    assert_eq!(amina.get(DEALS).await.ok()["items"][0]["petition"], json!(first));
    ask(&amina, &[&late], "Why", &[]).await.refused(409, "profile.petition_waits");
    assert_eq!(amina.delete(&format!("/api/v1/users/me/petitions/{first}")).await.status, 204);
    assert_eq!(amina.get(DEALS).await.ok()["items"][0]["petition"], json!(null));
    stage.advance(Duration::from_hours(1));
    stage.settle().await;
    assert_eq!(kept(&stage).len(), 0);
    let second = id(&ask(&amina, &[&late], "Why", &[]).await.ok());
    dalila.post(&format!("{DESK}/{second}/take"), json!({})).await.ok();
    dalila
        .post(&format!("{DESK}/{second}/decide"), json!({"outcome": "rejected", "reason": "other", "statement": "It was late."}))
        .await
        .ok();
    assert_eq!(score(&stage, &amina).await, before);
    let own = amina.get(&format!("/api/v1/users/me/petitions/{second}")).await.ok();
    assert_eq!(
        (&own["decided"]["statement"], &own["struck"], &own["deals"]),
        (&json!("It was late."), &json!(0), &json!([late]))
    );
}
