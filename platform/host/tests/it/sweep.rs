//! What a database that has lived long costs: what is old goes in small transactions, and nobody reads all of it.

use sqlx::{AssertSqlSafe, Executor, PgPool};
use testkit::Stage;

use crate::toy::{count_of, stage};

/// Writes down how many rows each statement deletes.
const COUNTED: &str = "
    create table toy.deleted (rows bigint not null);
    create function toy.note_deleted() returns trigger language plpgsql as
        'begin insert into toy.deleted select count(*) from gone; return null; end';
    create trigger noted after delete on kernel.outbox referencing old table as gone
        for each statement execute function toy.note_deleted();
    create trigger noted after delete on kernel.inbox referencing old table as gone
        for each statement execute function toy.note_deleted();
    create trigger noted after delete on kernel.idempotency referencing old table as gone
        for each statement execute function toy.note_deleted();";

async fn run(owner: &PgPool, statements: &str) {
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(owner).await.unwrap();
}

/// So many rows in each table of the machinery, one an hour, the youngest an hour old at the stage's present.
async fn fill(stage: &Stage, rows: u32) {
    let times =
        format!("to_timestamp({}) - n * interval '1 hour' from generate_series(1, {rows}) n", stage.clock.now().as_second());
    let fill = format!(
        "insert into kernel.outbox (id, service, name, body, at, sent_at)
         select gen_random_uuid(), 'toy', 'x', '{{}}', to_timestamp(0), {times};
         insert into kernel.inbox (service, fact, name, state, at) select 'toy', gen_random_uuid(), 'x', 'done', {times};
         insert into kernel.idempotency (service, caller, method, route, key, claim, request, lease_until, expires_at)
         select 'toy', '', '', '', n::text, gen_random_uuid(), '', to_timestamp(0), {times};
         insert into kernel.job (id, service, name, body, state, run_at)
         select gen_random_uuid(), 'toy', 'x', '{{}}', 'waiting', interval '90 years' + {times};"
    );
    run(&stage.database.owner, &fill).await;
}

#[tokio::test]
async fn what_is_past_its_time_goes_a_few_thousand_rows_at_once_and_the_rest_stays() {
    let stage = stage().await;
    fill(&stage, 6_000).await;
    run(&stage.database.owner, COUNTED).await;
    stage.node.sweep().await.unwrap();
    let left = (count_of(&stage, "kernel.outbox").await, count_of(&stage, "kernel.inbox").await);
    assert_eq!(left, (30 * 24, 45 * 24));
    assert_eq!(count_of(&stage, "kernel.idempotency").await, 0);
    assert_eq!(count_of(&stage, "kernel.job").await, 6_000, "what is still to be done stays");
    let most: i64 = sqlx::query_scalar("select max(rows) from toy.deleted").fetch_one(&stage.database.owner).await.unwrap();
    assert_eq!(most, 2_000);
}

#[tokio::test]
async fn what_is_looked_at_again_and_again_is_found_by_an_index() {
    let stage = stage().await;
    fill(&stage, 10_000).await;
    // As a node's connections plan.
    let mut conn = stage.database.owner.acquire().await.unwrap();
    conn.execute("analyze; set enable_seqscan = off").await.unwrap();
    for looked_at in [
        "kernel.inbox where state <> 'done'",
        "kernel.inbox where state = 'parked' order by at limit 1000",
        "kernel.inbox where state = 'waiting' and not_before <= now() order by not_before limit 50",
        "kernel.inbox where state = 'done' and at < to_timestamp(0) order by at limit 2000",
        "kernel.outbox where sent_at is null",
        "kernel.outbox where sent_at < to_timestamp(0) order by sent_at limit 2000",
        "kernel.idempotency where expires_at < to_timestamp(0) order by expires_at limit 2000",
        "kernel.job where state = 'parked'",
        "kernel.job where state <> 'parked' and reason is not null",
        "kernel.job_kind kind join kernel.job on job.service = kind.service and job.name = kind.name
          where job.state = 'waiting' and run_at <= now()",
    ] {
        let plan = AssertSqlSafe(format!("explain select * from {looked_at}"));
        let plan = sqlx::query_scalar::<_, String>(plan).fetch_all(&mut *conn).await.unwrap().join("\n");
        assert!(!plan.contains("Seq Scan"), "{looked_at}\n{plan}");
    }
}
