//! Facts heard.

use std::cell::Cell;

use contracts::auth::{AccountErased, AccountLocked, AccountUnlocked};
use kernel::{Id, Kind, User};
use testkit::Stage;

use crate::world::{code, deal, hold, must_be_sound, refund, release, somebody_with, stage, wallet, wish};

#[tokio::test]
async fn a_locked_payer_cannot_pay_and_still_gets_what_is_theirs() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 5_000).await);
    let first = deal("ord_1", &baraka, &amina, 1_000);
    let held = hold(&stage, &first).await.unwrap();
    stage.tell(&AccountLocked { user: baraka.id, version: 2 }).await;
    assert_eq!(code(hold(&stage, &deal("ord_2", &baraka, &amina, 1_000)).await), "payment.account_locked");
    baraka.post("/api/v1/wallet/top-ups", wish(1_000)).await.refused(403, "payment.account_locked");
    assert_eq!(hold(&stage, &first).await.unwrap(), held, "what was held before is a repeat");
    refund(&stage, "ord_1").await.unwrap();
    assert_eq!(wallet(&baraka).await, (5_000, 0));
    stage.tell(&AccountUnlocked { user: baraka.id, version: 3 }).await;
    stage.tell(&AccountLocked { user: baraka.id, version: 2 }).await;
    hold(&stage, &deal("ord_2", &baraka, &amina, 1_000)).await.unwrap();
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn x12_an_erased_account_never_pays_again_and_the_ledger_stays_sound() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 5_000).await);
    hold(&stage, &deal("ord_1", &baraka, &amina, 1_000)).await.unwrap();
    for user in [amina.id, baraka.id] {
        stage.tell(&AccountErased { user, version: 2 }).await;
        stage.tell(&AccountUnlocked { user, version: 3 }).await;
    }
    assert_eq!(code(hold(&stage, &deal("ord_2", &baraka, &amina, 1_000)).await), "payment.account_locked");
    release(&stage, "ord_1").await.unwrap();
    assert_eq!(wallet(&amina).await, (0, 950));
    must_be_sound(&stage).await;
}

/// Runs `call` while another transaction locks `user`; that one commits when `call` waits for it, or is over without.
async fn while_being_locked<T>(stage: &Stage, user: Id<User>, call: impl Future<Output = T>) -> T {
    let mut other = stage.database.owner.acquire().await.unwrap();
    sqlx::raw_sql("begin").execute(&mut *other).await.unwrap();
    let lock = sqlx::query("update payment.person set state = 'locked' where user_id = $1").bind(user.uuid());
    assert_eq!(lock.execute(&mut *other).await.unwrap().rows_affected(), 1);
    let over = Cell::new(false);
    let called = async {
        let answer = call.await;
        over.set(true);
        answer
    };
    let commit = async {
        let waiting =
            "select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')";
        while !over.get() && !sqlx::query_scalar::<_, bool>(waiting).fetch_one(&stage.database.owner).await.unwrap() {}
        sqlx::raw_sql("commit").execute(&mut *other).await.unwrap();
    };
    tokio::join!(called, commit).0
}

#[tokio::test]
async fn x12_who_is_locked_at_this_very_moment_tops_nothing_up_and_pays_nothing() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 5_000).await);
    let held = while_being_locked(&stage, baraka.id, hold(&stage, &deal("ord_1", &baraka, &amina, 1_000))).await;
    assert_eq!(held.unwrap_err().kind(), Kind::Forbidden);
    stage.tell(&AccountUnlocked { user: baraka.id, version: 2 }).await;
    let topped_up = while_being_locked(&stage, baraka.id, baraka.post("/api/v1/wallet/top-ups", wish(1_000))).await;
    topped_up.refused(403, "payment.account_locked");
    assert_eq!(wallet(&baraka).await, (5_000, 0));
    must_be_sound(&stage).await;
}
