//! Work on a clock: what is swept.

use std::cell::Cell;

use testkit::Stage;

use crate::{count, sign_up, stage};

/// One more than goes in one transaction, of everything that passes.
async fn leave_much_behind(stage: &Stage) {
    let amina = sign_up(stage, "amina@example.com").await;
    for seed in [
        "insert into auth.flow (id, purpose, contact, locale, bucket, code_hash, issued_at, begun_at)
         select gen_random_uuid(), 'login', 'somebody', 'en', '', '', '2000-01-01', '2000-01-01'
           from generate_series(0, 5000), (select $1::uuid) as person",
        "insert into auth.code_issue select int4send(n), '{}', '2000-01-01' from generate_series(0, 5000) n, (select $1::uuid) as person",
        "insert into auth.throttle select int4send(n), 1, '2000-01-01' from generate_series(0, 5000) n, (select $1::uuid) as person",
        "insert into auth.too_young select int4send(n), '2000-01-01' from generate_series(0, 5000) n, (select $1::uuid) as person",
        "insert into auth.session (id, user_id, device_id, opened_at, last_seen_at, expires_at)
         select gen_random_uuid(), user_id, id, '2000-01-01', '2000-01-01', '2000-01-01'
           from generate_series(0, 5000), auth.device
          where user_id = $1",
        "insert into auth.refresh_token
         select int4send(n), session.id, n, '2000-01-01'
           from generate_series(1, 5001) n, auth.session
          where session.user_id = $1
            and session.expires_at > '2000-01-01'",
        "insert into auth.revocation select gen_random_uuid(), '2000-01-01' from generate_series(0, 5000), (select $1::uuid) as person",
    ] {
        let seeded = sqlx::query(seed).bind(amina.person.id.uuid()).execute(&stage.database.owner).await.unwrap();
        assert_eq!(seeded.rows_affected(), 5001, "{seed}");
    }
}

const LEFT: [&str; 7] = [
    "select count(*) from auth.flow where begun_at = '2000-01-01'",
    "select count(*) from auth.code_issue where newest_at = '2000-01-01'",
    "select count(*) from auth.throttle where last_at = '2000-01-01'",
    "select count(*) from auth.too_young",
    "select count(*) from auth.refresh_token where expires_at = '2000-01-01'",
    "select count(*) from auth.session where expires_at = '2000-01-01'",
    "select count(*) from auth.revocation where at = '2000-01-01'",
];

#[tokio::test]
async fn what_is_past_its_time_goes_however_much_it_is() {
    let stage = stage().await;
    leave_much_behind(&stage).await;
    stage.settle().await;
    for left in LEFT {
        assert_eq!(count(&stage, left).await, 0, "{left}");
    }
    assert_eq!(count(&stage, "select count(*) from auth.session join auth.refresh_token on session_id = id").await, 1);
}

#[tokio::test]
async fn a_table_the_sweep_must_wait_for_takes_nothing_back_of_what_is_swept_already() {
    let stage = stage().await;
    leave_much_behind(&stage).await;
    let mut other = stage.database.owner.acquire().await.unwrap();
    sqlx::raw_sql("begin; select 1 from auth.throttle where last_at = '2000-01-01' for update")
        .execute(&mut *other)
        .await
        .unwrap();
    let over = Cell::new(false);
    let sweep = async {
        stage.settle().await;
        over.set(true);
    };
    let look = async {
        let waits =
            "select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')";
        while !over.get() && !sqlx::query_scalar::<_, bool>(waits).fetch_one(&stage.database.owner).await.unwrap() {}
        let left = [count(&stage, LEFT[0]).await, count(&stage, LEFT[1]).await, count(&stage, LEFT[2]).await];
        sqlx::raw_sql("commit").execute(&mut *other).await.unwrap();
        left
    };
    let ((), left) = tokio::join!(sweep, look);
    assert_eq!((left, over.get()), ([0, 0, 5001], true));
}
