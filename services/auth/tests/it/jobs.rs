//! Work on a clock: keys that follow each other, and what is swept.

use std::{cell::Cell, time::Duration};

use testkit::Stage;

use crate::world::{AMINA, PASSWORD, after, already, count, log_in, published, sign, sign_up, stage, text};

const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn a3_keys_rotate_after_thirty_days_and_the_old_one_stays_until_its_tokens_are_out_of_date() {
    let stage = stage().await;
    sign_up(&stage, AMINA).await;
    stage.settle().await;
    let first = sign(&stage).await;
    stage.advance(DAY * 30);
    stage.settle().await;
    // Published, and not used yet.
    assert_eq!((published(&stage).await.len(), sign(&stage).await), (2, first.clone()));
    stage.advance(Duration::from_hours(1));
    let second = sign(&stage).await;
    assert_ne!(first, second);
    stage.settle().await;
    assert!(published(&stage).await.contains(&first), "a token signed with it a moment ago is still good");
    stage.advance(Duration::from_hours(1));
    stage.settle().await;
    assert_eq!(published(&stage).await, [second.as_str()]);
    assert_eq!(sign(&stage).await, second);
}

#[tokio::test]
async fn a3_signing_keys_are_sealed_again_within_the_hour_and_stay_who_they_are() {
    let before = stage().await;
    let amina = sign_up(&before, AMINA).await;
    let published = async |stage: &Stage| stage.anonymous().get("/.well-known/jwks.json").await.ok();
    let keys = published(&before).await;
    before.settle().await;
    let already = already(&before);
    already.advance(Duration::from_hours(1));
    already.settle().await;
    let after = after(&before);
    assert_eq!(published(&after).await, keys);
    let again = log_in(&after, AMINA, PASSWORD, None).await.ok();
    after.bearer(amina.person.id, text(&again["access_token"])).get("/api/v1/auth/sessions").await.ok();
    assert_eq!(published(&after).await, keys);
}

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
        "insert into auth.device (id, user_id, name, platform, first_seen_at, last_seen_at)
         select gen_random_uuid(), $1, 'Phone', 'Android', '2000-01-01', '2000-01-01' from generate_series(0, 5000)",
        "insert into auth.session (id, user_id, device_id, opened_at, last_seen_at, expires_at)
         select gen_random_uuid(), user_id, id, '2000-01-01', '2000-01-01', '2000-01-01'
           from generate_series(0, 5000), auth.device
          where user_id = $1
            and last_seen_at > '2000-01-01'",
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

const LEFT: [&str; 8] = [
    "select count(*) from auth.flow where begun_at = '2000-01-01'",
    "select count(*) from auth.code_issue where newest_at = '2000-01-01'",
    "select count(*) from auth.throttle where last_at = '2000-01-01'",
    "select count(*) from auth.too_young",
    "select count(*) from auth.refresh_token where expires_at = '2000-01-01'",
    "select count(*) from auth.session where expires_at = '2000-01-01'",
    "select count(*) from auth.device where last_seen_at = '2000-01-01'",
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
    assert_eq!(count(&stage, "select count(*) from auth.device join auth.session on device_id = device.id").await, 1);
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
