//! Two versions side by side, as in a rolling upgrade: what the new one tells and leaves is beyond the old one.

use std::time::Duration;

use serde_json::json;
use testkit::Stage;

use crate::toy::{ThingMade, count_of, older, stage, times};

/// A fact as a node keeps it that took it off the queue and doesn't know it.
async fn left(stage: &Stage, name: &str) {
    let fact = stage.envelope(&ThingMade { id: stage.id(), name: name.into() });
    let leave = "insert into kernel.inbox (service, fact, name, state, not_before, reason, envelope, at)
                 values ('toy', $1, $2, 'waiting', $3, 'unknown', $4, $3)";
    let leave = sqlx::query(leave).bind(fact.id).bind(&fact.name).bind(stage.clock.now());
    leave.bind(serde_json::to_value(&fact).unwrap()).execute(&stage.database.owner).await.unwrap();
}

#[tokio::test]
async fn a_fact_the_old_version_does_not_know_waits_for_the_new_one() {
    let stage = stage().await;
    let old = Stage::of(older()).beside(&stage);
    left(&stage, "lamp").await;
    old.settle().await;
    assert_eq!(count_of(&stage, "kernel.inbox where state = 'waiting' and attempts = 0").await, 1);
    stage.settle().await;
    assert_eq!(times(&stage, "heard", "lamp").await, 1);
}

#[tokio::test]
async fn a_fact_no_node_hears_is_parked_after_two_hours_and_can_be_replayed() {
    let stage = stage().await;
    let old = Stage::of(older()).beside(&stage);
    left(&stage, "lamp").await;
    stage.advance(Duration::from_hours(2));
    old.settle().await;
    assert_eq!(count_of(&stage, "kernel.inbox where state = 'parked' and reason like '%v1 isn''t heard here'").await, 1);
    assert_eq!(stage.node.replay(Some("toy")).await.unwrap(), 1);
    old.settle().await;
    stage.settle().await;
    assert_eq!(times(&stage, "heard", "lamp").await, 1);
}

#[tokio::test]
async fn a_job_the_old_version_does_not_have_waits_for_the_new_one() {
    let stage = stage().await;
    let old = Stage::of(older()).beside(&stage);
    stage.person().post("/api/v1/things", json!({"name": "lamp"})).await.ok();
    old.settle().await;
    assert_eq!(count_of(&stage, "kernel.job where attempts = 0 and lease_until is null and reason is null").await, 1);
    stage.settle().await;
    assert_eq!(times(&stage, "counted", "lamp").await, 1);
}

#[tokio::test]
async fn a_job_no_node_has_is_parked_after_two_hours() {
    let stage = stage().await;
    // It has another one.
    let old = Stage::of(older().runs(async |_: host::Here, _: Unlike| Ok(()))).beside(&stage);
    stage.person().post("/api/v1/things", json!({"name": "lamp"})).await.ok();
    old.node.sweep().await.unwrap();
    stage.advance(Duration::from_hours(2));
    stage.node.sweep().await.unwrap();
    assert_eq!(count_of(&stage, "kernel.job where state = 'waiting'").await, 1);
    old.node.sweep().await.unwrap();
    assert_eq!(count_of(&stage, "kernel.job where state = 'parked' and reason = 'no node has such a job'").await, 1);
}

#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Unlike;
impl kernel::Job for Unlike {
    const NAME: &'static str = "unlike_thing";
}
