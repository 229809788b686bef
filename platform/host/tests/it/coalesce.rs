//! Commands that share a transaction, and facts that are heard together.

use axum::{
    body::Body,
    http::{Method, Request},
};
use futures_util::future::join_all;
use testkit::{Reply, Stage};

use crate::toy::{count_of, open_the_gate, somebody_waits, stage, stand_in_line, times};

/// In how many transactions these were kept.
async fn batches(stage: &Stage, which: &str) -> i64 {
    count_of(stage, &format!("(select distinct batch from toy.kept {which}) as batches")).await
}

async fn keep(stage: &Stage, name: &str) -> Reply {
    stage.person().put(&format!("/api/v1/kept/{name}")).await
}

/// Has `names` kept in the batch after one that waits until all of them stand in the line; their replies.
async fn kept_together(stage: &Stage, names: &[&str]) -> Vec<Reply> {
    let others = async {
        somebody_waits().await;
        let replies = join_all(names.iter().map(|name| keep(stage, name)));
        let opened = async {
            stand_in_line(u32::try_from(names.len()).unwrap() + 1).await;
            open_the_gate();
        };
        tokio::join!(replies, opened).0
    };
    let (first, replies) = tokio::join!(keep(stage, "patience"), others);
    assert_eq!(first.status, 204);
    replies
}

#[tokio::test]
async fn x3_commands_that_wait_share_a_transaction_and_a_refusal_spoils_none_of_the_others() {
    let stage = stage().await;
    let replies = kept_together(&stage, &["lamp", "refused", "chair", "lamp"]).await;
    replies[1].refused(409, "toy.refused");
    assert!([0, 2, 3].iter().all(|place| replies[*place].status == 204));
    // The two lamps can't be decided beside each other.
    assert_eq!(batches(&stage, "where name = 'lamp'").await, 2);
    assert_eq!((batches(&stage, "where name in ('lamp', 'chair')").await, batches(&stage, "").await), (2, 3));
    assert_eq!(count_of(&stage, "toy.kept where name = 'refused'").await, 0);
    assert_eq!(count_of(&stage, "kernel.outbox").await, 4);
}

#[tokio::test]
async fn x3_a_batch_that_fails_is_carried_out_one_by_one_and_only_what_fails_by_itself_is_told_so() {
    let stage = stage().await;
    let replies = kept_together(&stage, &["lamp", "poison", "chair", "bomb", "table"]).await;
    for (place, status) in [(0, 204), (1, 500), (2, 204), (3, 500), (4, 204)] {
        assert_eq!(replies[place].status, status, "{place}");
    }
    assert_eq!(batches(&stage, "").await, 4);
    assert_eq!(count_of(&stage, "kernel.outbox").await, 4, "nothing is told of what failed, nor twice of the others");
    assert_eq!(keep(&stage, "lamp").await.status, 204, "the line goes on");
}

#[tokio::test]
async fn what_waits_for_a_lock_waits_beside_the_line_and_keeps_nobody_else_waiting() {
    let stage = stage().await;
    let mut holder = stage.database.owner.acquire().await.unwrap();
    sqlx::query("select pg_advisory_lock(7)").execute(&mut *holder).await.unwrap();
    let meanwhile = async {
        stand_in_line(1).await;
        assert_eq!(keep(&stage, "lamp").await.status, 204);
        assert_eq!(batches(&stage, "where name = 'held'").await, 0);
        sqlx::query("select pg_advisory_unlock(7)").execute(&mut *holder).await.unwrap();
    };
    let (held, ()) = tokio::join!(keep(&stage, "held"), meanwhile);
    assert_eq!((held.status.as_u16(), batches(&stage, "").await), (204, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_who_come_at_once_are_all_answered_and_kept_once() {
    let stage = stage().await;
    let names: Vec<String> = (0..100).map(|number| format!("thing-{number}")).collect();
    let replies = join_all(names.iter().map(|name| keep(&stage, name))).await;
    let unkept: Vec<_> = replies.iter().filter(|reply| reply.status != 204).map(|reply| &reply.text).collect();
    assert!(unkept.is_empty(), "{unkept:?}");
    assert_eq!(count_of(&stage, "(select distinct name from toy.kept) as kept").await, 100);
    assert_eq!(count_of(&stage, "toy.kept").await, 100);
}

#[tokio::test]
async fn what_shares_a_transaction_is_told_as_the_step_it_belongs_to() {
    let stage = stage().await;
    let somebody = stage.person();
    let token = format!("Bearer {}", somebody.token.as_deref().unwrap());
    let traced = |name: &'static str, trace: u128| {
        let request = Request::builder().method(Method::PUT).uri(format!("/api/v1/kept/{name}"));
        let request = request.header("authorization", &token);
        let request = request.header("traceparent", format!("00-{trace:032x}-00f067aa0ba902b7-01"));
        somebody.send(request.body(Body::empty()).unwrap())
    };
    let others = async {
        somebody_waits().await;
        let opened = async {
            stand_in_line(3).await;
            open_the_gate();
        };
        tokio::join!(traced("lamp", 0xa1), traced("chair", 0xb2), opened)
    };
    tokio::join!(traced("patience", 0xc3), others);
    assert_eq!(batches(&stage, "").await, 2);
    stage.settle().await;
    for (name, trace) in [("lamp", 0xa1_u128), ("chair", 0xb2), ("patience", 0xc3)] {
        let told = format!("kernel.outbox where body->>'name' = '{name}' and trace like '00-{trace:032x}-%'");
        assert_eq!(count_of(&stage, &told).await, 1, "{name}");
        assert_eq!(times(&stage, "counted", name).await, 1, "{name}");
    }
    assert_eq!(times(&stage, "heard", "3 together").await, 1);
}

#[tokio::test]
async fn x3_facts_heard_together_are_heard_one_by_one_where_one_of_them_fails() {
    let stage = stage().await;
    kept_together(&stage, &["lamp", "lost", "chair"]).await;
    stage.settle().await;
    for (name, heard) in [("patience", 1), ("lamp", 1), ("lost", 0), ("chair", 1), ("1 together", 3), ("4 together", 0)] {
        assert_eq!(times(&stage, "heard", name).await, heard, "{name}");
    }
    let parked = "kernel.inbox where state = 'parked' and reason like '%one of them%'";
    assert_eq!((count_of(&stage, parked).await, count_of(&stage, "kernel.inbox").await), (1, 4));
}
