//! How far sellers can be trusted.

use std::time::Duration;

use contracts::{
    commerce::{CancelledBy, OrderCancelled, OrderCompleted, OrderHead},
    profile::{RecomputeTrust, TrustReport, TrustUpdated},
};
use kernel::{Currency, Id, Money, Timestamp, User};
use serde_json::{Value, json};
use testkit::{Elsewhere, Stage};

use crate::world::{person, stage};

/// The formula once more, by somebody else.
const REFERENCE: &str = include_str!("../trust/reference.py");
const ORDINARY: i64 = 5_000_000;
const DAY: Duration = Duration::from_hours(24);

fn head(stage: &Stage, seller: Id<User>, buyer: Id<User>, minor: i64) -> OrderHead {
    OrderHead {
        order: stage.id(),
        version: 5,
        shop: stage.id(),
        shop_name: "Amina Fabrics".into(),
        seller,
        buyer,
        title: "Kitenge dress".into(),
        quantity: 1,
        total: Money::new(minor, Currency::TZS),
    }
}

fn completed(stage: &Stage, seller: Id<User>, buyer: Id<User>, minor: i64, at: Timestamp) -> OrderCompleted {
    OrderCompleted { head: head(stage, seller, buyer, minor), delivered_at: Some(at), late: false }
}

/// The moment it is on the stage.
fn now(stage: &Stage) -> Timestamp {
    stage.clock.now()
}

/// Lets the job run that judges.
async fn judged(stage: &Stage) {
    stage.advance(Duration::from_secs(11));
    stage.settle().await;
}

async fn trust_of(stage: &Stage, user: Id<User>) -> Value {
    stage.anonymous().get(&format!("/api/v1/users/{user}/trust")).await.ok()
}

/// To the last bit.
async fn kept(stage: &Stage) -> Vec<(Option<u64>, i64)> {
    let kept = "select score, completed from profile.trust order by user_id";
    let kept: Vec<(Option<f64>, i64)> = sqlx::query_as(kept).fetch_all(&stage.database.owner).await.unwrap();
    kept.into_iter().map(|(score, completed)| (score.map(f64::to_bits), completed)).collect()
}

#[tokio::test]
async fn p5_a_seller_is_new_until_the_fifth_completed_deal_and_then_has_a_score_with_its_parts() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    assert_eq!(amina.get("/api/v1/users/me").await.ok()["trust"], Value::Null);
    for number in 1..=5 {
        let fact = completed(&stage, amina.id, stage.id(), ORDINARY, now(&stage));
        stage.tell(&fact).await;
        judged(&stage).await;
        let (trust, is_new) = (trust_of(&stage, amina.id).await, number < 5);
        assert_eq!((trust["completed"].as_i64(), trust["score"].is_null()), (Some(number), is_new), "{trust}");
        assert_eq!(trust["components"].as_array().unwrap().is_empty(), is_new, "{trust}");
        let mark = &stage.anonymous().get("/api/v1/users/amina").await.ok()["trust"];
        assert_eq!((&mark["score"], &mark["completed"]), (&trust["score"], &json!(number)));
    }
    let trust = trust_of(&stage, amina.id).await;
    // Five buyers who have bought nowhere else count half: the 5th percentile of Beta(1 + 2.5, 1) is 0.05 to the power of 1/3.5, 0.4249.
    let (score, part) = (trust["score"].as_i64().unwrap(), &trust["components"][0]);
    assert_eq!((score, &part["kind"], &part["deals"]), (42, &json!("in_time"), &json!(5)));
    assert_eq!((&part["good"], &part["left_out"]["strangers"]), (&json!(2.5), &json!(2.5)), "{trust}");
    assert_eq!((&trust["segments"][0]["from"]["minor"], &trust["segments"][1]["score"]), (&json!(ORDINARY), &Value::Null));
    let told: Vec<_> =
        stage.told::<TrustUpdated>().await.into_iter().map(|fact| (fact.version, fact.score, fact.completed)).collect();
    assert_eq!(told, [(1, None, 1), (2, None, 2), (3, None, 3), (4, None, 4), (5, Some(score), 5)]);
}

#[tokio::test]
async fn p5_what_the_seller_called_off_counts_against_them_and_what_the_buyer_did_says_nothing() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    for _ in 0..9 {
        stage.tell(&completed(&stage, amina.id, stage.id(), ORDINARY, now(&stage))).await;
    }
    judged(&stage).await;
    let score = async || trust_of(&stage, amina.id).await["score"].as_i64().unwrap();
    let before = score().await;
    let cancelled = async |by| {
        let fact = OrderCancelled { head: head(&stage, amina.id, stage.id(), ORDINARY), by, at: Some(now(&stage)) };
        stage.tell(&fact).await;
        judged(&stage).await;
        score().await
    };
    // Who is older says neither when nor by whom.
    stage.tell(&OrderCompleted { delivered_at: None, ..completed(&stage, amina.id, stage.id(), ORDINARY, now(&stage)) }).await;
    for by in [Some(CancelledBy::Buyer), None] {
        assert_eq!(cancelled(by).await, before, "{by:?}");
    }
    let mut last = before;
    for by in [CancelledBy::Seller, CancelledBy::Clock] {
        let now = cancelled(Some(by)).await;
        assert!(now < last, "{now} {last}");
        last = now;
    }
    let late = OrderCompleted { late: true, ..completed(&stage, amina.id, stage.id(), ORDINARY, now(&stage)) };
    stage.tell(&late).await;
    judged(&stage).await;
    let trust = trust_of(&stage, amina.id).await;
    let part = |number: usize, field: &str| trust["components"][number][field].clone();
    assert_eq!([part(0, "deals"), part(1, "deals"), part(2, "deals")], [json!(9), json!(1), json!(2)], "{trust}");
    assert!(part(2, "points").as_f64().unwrap() < 0.0, "{trust}");
}

/// Three sellers and their deals, some with each other, over a year.
fn market(stage: &Stage) -> Vec<OrderCompleted> {
    let sellers: Vec<Id<User>> = (0..3).map(|_| stage.id()).collect();
    let buyers: Vec<Id<User>> = (0..7).map(|_| stage.id()).chain(sellers.iter().copied().take(2)).collect();
    let deal = |number: usize| {
        let (seller, buyer) = (sellers[number % 3], buyers[number * number % 9]);
        let at = now(stage).minus(DAY * u32::try_from(number * 11 % 300).unwrap());
        let fact = completed(stage, seller, buyer, 100_000 << (number % 11), at);
        (seller != buyer).then_some(OrderCompleted { late: number % 7 == 3, ..fact })
    };
    (0..60).filter_map(deal).collect()
}

#[tokio::test]
async fn p5_the_same_facts_give_the_same_bits_however_often_and_in_whatever_order_they_come() {
    let (once, often) = (stage().await, stage().await);
    let facts = market(&once);
    for fact in &facts {
        once.tell(fact).await;
    }
    for _ in 0..3 {
        for fact in facts.iter().rev() {
            often.tell(fact).await;
        }
    }
    judged(&once).await;
    judged(&often).await;
    let scores = kept(&once).await;
    assert!(scores.len() == 3 && scores.iter().all(|(score, _)| score.is_some()), "{scores:?}");
    assert_eq!(kept(&often).await, scores);
    // Nothing changes when everything is made anew, and what was damaged is put right.
    let report = |changed| TrustReport { sellers: 3, changed };
    assert_eq!(once.node.ask(RecomputeTrust {}).await.unwrap(), report(0));
    sqlx::query("update profile.trust set score = 99.5").execute(&once.database.owner).await.unwrap();
    assert_eq!(once.node.ask(RecomputeTrust {}).await.unwrap(), report(3));
    assert_eq!(kept(&once).await, scores);
}

#[tokio::test]
async fn p5_a_score_is_what_the_reference_makes_of_the_same_deals_and_fades_by_the_day() {
    let stage = stage().await;
    let facts = market(&stage);
    for fact in &facts {
        stage.tell(fact).await;
    }
    let mut ids: Vec<Id<User>> = facts.iter().flat_map(|fact| [fact.head.seller, fact.head.buyer]).collect();
    ids.sort_by_key(|id| id.uuid());
    ids.dedup();
    let number = |id: Id<User>| ids.iter().position(|one| *one == id).unwrap();
    for days in [0, 40] {
        stage.advance(DAY * days);
        judged(&stage).await;
        let today = now(&stage).as_second().div_euclid(86_400) * 86_400;
        let payments: Vec<Value> = facts
            .iter()
            .map(|fact| json!([number(fact.head.buyer), number(fact.head.seller), fact.head.total.minor()]))
            .collect();
        let history = |seller: usize| {
            let deals = facts.iter().enumerate().filter(|(_, fact)| number(fact.head.seller) == seller);
            let deals: Vec<Value> = deals
                .map(|(source, fact)| {
                    let (kind, at) = (if fact.late { "late" } else { "in_time" }, fact.delivered_at.unwrap().as_second());
                    json!([kind, number(fact.head.buyer), fact.head.total.minor(), at, source])
                })
                .collect();
            json!({"now": today, "seller": seller, "contributions": deals, "payments": payments})
        };
        let kept = "select user_id, score, completed from profile.trust order by user_id";
        let kept: Vec<(sqlx::types::Uuid, Option<f64>, i64)> =
            sqlx::query_as(kept).fetch_all(&stage.database.owner).await.unwrap();
        let histories: Vec<Value> = kept.iter().map(|(user, ..)| history(number(Id::from_uuid(*user)))).collect();
        let mut reference = Elsewhere::start(REFERENCE, &json!(histories));
        for (_, score, completed) in kept {
            let said = reference.says();
            let whole = &said[0];
            assert_eq!(
                score.map(|score| format!("{score:.6}")),
                whole["score"].as_f64().map(|score| format!("{score:.6}")),
                "{said}"
            );
            assert_eq!(json!(completed), whole["completed"], "{said}");
        }
    }
}

#[tokio::test]
async fn x11_ten_who_buy_from_each_other_stay_new_and_ten_strangers_do_not() {
    let stage = stage().await;
    let (mut ring, amina) = (Vec::new(), person(&stage, "amina").await);
    for number in 0..10 {
        ring.push(person(&stage, &format!("ring_{number}")).await);
    }
    for seller in &ring {
        for buyer in ring.iter().filter(|buyer| buyer.id != seller.id) {
            stage.tell(&completed(&stage, seller.id, buyer.id, ORDINARY, now(&stage))).await;
        }
    }
    for _ in 0..9 {
        stage.tell(&completed(&stage, amina.id, stage.id(), ORDINARY, now(&stage))).await;
    }
    judged(&stage).await;
    for one in &ring {
        let trust = trust_of(&stage, one.id).await;
        assert_eq!((&trust["score"], &trust["completed"]), (&Value::Null, &json!(0)), "{trust}");
    }
    assert!(trust_of(&stage, amina.id).await["score"].as_i64() > Some(50));
}

#[tokio::test]
async fn x6_the_trust_of_somebody_who_is_not_there_is_not_there() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    let path = format!("/api/v1/users/{}/trust", amina.id);
    amina.put(&format!("/api/v1/users/{}/block", baraka.id)).await;
    baraka.get(&path).await.refused(404, "not_found");
    assert_eq!(stage.anonymous().get(&path).await.ok()["completed"], 0);
}
