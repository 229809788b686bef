//! X3: facts commit with their state change, and have one effect however often they come.

use kernel::Role;
use serde_json::json;

use crate::toy::{ThingMade, count_of, stage, times};

const THINGS: &str = "/api/v1/things";

#[tokio::test]
async fn x3_a_refused_change_tells_nothing_and_leaves_no_job() {
    let stage = stage().await;
    stage.person().post(THINGS, json!({"name": "refused"})).await.refused(409, "toy.refused");
    let left =
        (count_of(&stage, "kernel.outbox").await, count_of(&stage, "kernel.job").await, count_of(&stage, "toy.thing").await);
    assert_eq!(left, (0, 0, 0));
}

#[tokio::test]
async fn x3_a_fact_delivered_five_times_has_one_effect() {
    let stage = stage().await;
    stage.person().post(THINGS, json!({"name": "lamp"})).await.ok();
    let fact = stage.node.told().await.unwrap().remove(0);
    for _ in 0..5 {
        stage.node.deliver(&fact).await.unwrap();
    }
    stage.settle().await;
    assert_eq!(times(&stage, "heard", "lamp").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn x3_a_fact_delivered_ten_times_at_once_has_one_effect() {
    let stage = stage().await;
    let fact = stage.envelope(&ThingMade { id: stage.id(), name: "lamp".into() });
    let deliveries = (0..10).map(|_| stage.node.deliver(&fact));
    futures_util::future::try_join_all(deliveries).await.unwrap();
    stage.settle().await;
    assert_eq!(times(&stage, "heard", "lamp").await, 1);
}

#[tokio::test]
async fn x3_a_fact_that_comes_before_its_predecessor_waits_for_it() {
    let stage = stage().await;
    let late = stage.envelope(&ThingMade { id: stage.id(), name: "lamp".into() });
    let early = stage.envelope(&ThingMade { id: stage.id(), name: "after lamp".into() });
    stage.node.deliver(&early).await.unwrap();
    assert_eq!(times(&stage, "heard", "after lamp").await, 0);
    stage.node.deliver(&late).await.unwrap();
    stage.settle().await;
    assert_eq!(times(&stage, "heard", "after lamp").await, 1);
    assert_eq!(count_of(&stage, "kernel.inbox where state <> 'done'").await, 0);
}

#[tokio::test]
async fn a_poisonous_fact_is_parked_with_its_reason_holds_nothing_up_and_can_be_replayed() {
    let stage = stage().await;
    let amina = stage.person_with(vec![Role::User]);
    for name in ["poison", "bomb", "lamp"] {
        amina.post(THINGS, json!({ "name": name })).await.ok();
    }
    stage.settle().await;
    assert_eq!(times(&stage, "heard", "lamp").await, 1);
    assert_eq!(count_of(&stage, "kernel.inbox where state = 'parked' and reason like '%poisoned%'").await, 1);
    assert_eq!(count_of(&stage, "kernel.inbox where state = 'parked' and reason like '%panicked%'").await, 1);
    assert_eq!(count_of(&stage, "kernel.outbox where sent_at is null").await, 0);
    // The cause is mended, and the facts are replayed.
    sqlx::query("update kernel.inbox set envelope = jsonb_set(envelope, '{data,name}', '\"cured\"') where state = 'parked'")
        .execute(&stage.database.owner)
        .await
        .unwrap();
    assert_eq!(stage.node.replay(Some("toy")).await.unwrap(), 2);
    stage.settle().await;
    assert_eq!(times(&stage, "heard", "cured").await, 2);
}
