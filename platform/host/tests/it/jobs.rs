//! X4: deadlines are rows, claimed by any node.

use std::time::Duration;

use serde_json::json;
use tokio::{net::TcpListener, task::JoinSet};
use tokio_util::sync::CancellationToken;

use crate::toy::{a_minute_and_a_heartbeat, count_of, open_the_gate, somebody_waits, stage, times, until};

const THINGS: &str = "/api/v1/things";

#[tokio::test(flavor = "multi_thread")]
async fn x4_two_nodes_share_the_jobs_and_each_runs_once() {
    let stage = stage().await;
    for number in 0..40 {
        stage.person().post(THINGS, json!({"name": format!("thing {number}")})).await.ok();
    }
    let second = second_node(&stage);
    let (first, second) = tokio::join!(stage.node.settle(), second.settle());
    first.and(second).unwrap();
    assert_eq!(count_of(&stage, "toy.counted where times = 1 and name like 'thing%'").await, 40);
    assert_eq!(count_of(&stage, "kernel.job").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn x4_two_nodes_that_claim_at_once_never_claim_the_same_job() {
    let stage = stage().await;
    for number in 0..20 {
        stage.person().post(THINGS, json!({"name": format!("thing {number}")})).await.ok();
    }
    let second = second_node(&stage);
    // Somebody is just claiming the first jobs: both nodes meet them at the same moment, and neither may wait for them.
    let mut claiming = stage.database.owner.acquire().await.unwrap();
    let first_eight = "begin; select 1 from kernel.job order by run_at limit 8 for update";
    sqlx::raw_sql(first_eight).execute(&mut *claiming).await.unwrap();
    let end = async {
        until(&stage, "select count(*) = 12 from toy.counted where name like 'thing%'").await;
        sqlx::raw_sql("rollback").execute(&mut *claiming).await.unwrap();
    };
    let (first, second, ()) = tokio::join!(stage.node.settle(), second.settle(), end);
    first.and(second).unwrap();
    stage.settle().await;
    assert_eq!(count_of(&stage, "toy.counted where times = 1 and name like 'thing%'").await, 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn x4_a_living_worker_keeps_its_job_however_long_it_takes() {
    let stage = stage().await;
    stage.person().post(THINGS, json!({"name": "long"})).await.ok();
    let second = second_node(&stage);
    let meanwhile = async {
        somebody_waits().await;
        a_minute_and_a_heartbeat(&stage, "select max(lease_until)::text from kernel.job").await;
        second.settle().await.unwrap();
        let times = times(&stage, "counted", "long").await;
        open_the_gate();
        times
    };
    let ((), meanwhile) = tokio::join!(stage.settle(), meanwhile);
    assert_eq!((meanwhile, times(&stage, "counted", "long").await), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn x4_a_job_that_takes_long_keeps_nobody_waiting_and_a_node_that_stops_ends_it_first() {
    let stage = stage().await;
    stage.person().post(THINGS, json!({"name": "long"})).await.ok();
    let (mut working, stop) = working(&stage).await;
    somebody_waits().await;
    for number in 0..20 {
        stage.person().post(THINGS, json!({"name": format!("thing {number}")})).await.ok();
    }
    until(&stage, "select count(*) = 20 from toy.counted where name like 'thing%'").await;
    assert_eq!(count_of(&stage, "kernel.job where attempts = 1 and reason is null").await, 1, "it hasn't been given up");
    stop.cancel();
    open_the_gate();
    working.join_next().await.unwrap().unwrap();
    assert_eq!((times(&stage, "counted", "long").await, count_of(&stage, "kernel.job").await), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn x4_jobs_that_wait_for_a_slow_neighbour_leave_half_of_the_places_to_others() {
    let stage = stage().await;
    for number in 0..10 {
        stage.person().post(THINGS, json!({"name": format!("stuck {number}")})).await.ok();
    }
    let (_working, _) = working(&stage).await;
    until(&stage, "select count(*) >= 4 from kernel.job where attempts = 1").await;
    sqlx::query(
        "insert into kernel.job (id, service, name, body, run_at)
         values (gen_random_uuid(), 'toy', 'recount_things', '{}', to_timestamp(0))",
    )
    .execute(&stage.database.owner)
    .await
    .unwrap();
    until(&stage, "select count(*) = 0 from kernel.job where name = 'recount_things'").await;
    assert_eq!(count_of(&stage, "toy.counted where name = 'all of them'").await, 1);
    assert_eq!(count_of(&stage, "kernel.job where attempts = 1 and reason is null").await, 4);
    assert_eq!(count_of(&stage, "kernel.job where attempts = 0").await, 6);
}

/// A node beside the stage that works off jobs by itself, until it is told to stop.
async fn working(stage: &testkit::Stage) -> (JoinSet<()>, CancellationToken) {
    let mut config = host::Config::for_tests(stage.database.url.clone());
    config.roles = host::Roles::parse("worker").unwrap();
    let ids = host::Ids::seeded(stage.clock.clone(), 99);
    let node = host::Node::unchecked(config, stage.clock.clone(), ids, vec![crate::toy::service()]).unwrap();
    let (door, stop, mut working) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), CancellationToken::new(), JoinSet::new());
    let told = stop.clone();
    working.spawn(async move { node.serve(door, None, told).await.unwrap() });
    (working, stop)
}

fn second_node(stage: &testkit::Stage) -> host::Node {
    let config = host::Config::for_tests(stage.database.url.clone());
    let ids = host::Ids::seeded(stage.clock.clone(), 99);
    host::Node::unchecked(config, stage.clock.clone(), ids, vec![crate::toy::service()]).unwrap()
}

#[tokio::test]
async fn x4_a_job_of_a_dead_worker_runs_when_its_lease_has_run_out() {
    let stage = stage().await;
    stage.person().post(THINGS, json!({"name": "lamp"})).await.ok();
    sqlx::query("update kernel.job set lease_until = to_timestamp($1)")
        .bind(f64::from(i32::try_from(stage.clock.now().as_second()).unwrap() + 60))
        .execute(&stage.database.owner)
        .await
        .unwrap();
    stage.settle().await;
    assert_eq!(times(&stage, "counted", "lamp").await, 0);
    stage.advance(Duration::from_secs(61));
    stage.settle().await;
    assert_eq!(times(&stage, "counted", "lamp").await, 1);
}

#[tokio::test]
async fn x4_a_job_whose_workers_died_again_and_again_is_parked_and_not_run() {
    let stage = stage().await;
    stage.person().post(THINGS, json!({"name": "lamp"})).await.ok();
    sqlx::query("update kernel.job set attempts = 200").execute(&stage.database.owner).await.unwrap();
    stage.settle().await;
    assert_eq!(times(&stage, "counted", "lamp").await, 0);
    assert_eq!(count_of(&stage, "kernel.job where state = 'parked' and reason like '%its workers died%'").await, 1);
}

#[tokio::test]
async fn a_job_that_never_works_is_tried_with_longer_and_longer_waits_and_then_parked() {
    let stage = stage().await;
    stage.person().post(THINGS, json!({"name": "never"})).await.ok();
    for wait in [0, 1, 2] {
        assert_eq!(count_of(&stage, "kernel.job where state = 'parked'").await, 0);
        stage.advance(Duration::from_secs(wait));
        stage.settle().await;
    }
    assert_eq!(count_of(&stage, "kernel.job where state = 'parked' and attempts = 3 and reason like '%never works%'").await, 1);
}

#[tokio::test]
async fn a_clock_job_runs_once_each_time_however_many_nodes_look() {
    let stage = stage().await;
    let second = second_node(&stage);
    for minute in 1..=3 {
        let (first, second) = tokio::join!(stage.node.settle(), second.settle());
        first.and(second).unwrap();
        assert_eq!(times(&stage, "counted", "a look round").await, minute);
        stage.advance(Duration::from_mins(1));
    }
}

#[tokio::test]
async fn a_clock_job_that_is_not_due_is_looked_at_and_nothing_is_written() {
    let stage = stage().await;
    stage.settle().await;
    stage.settle().await;
    // Who locks a row leaves their transaction's number in it.
    assert_eq!(count_of(&stage, "kernel.schedule where xmax::text = '0'").await, 1);
}
