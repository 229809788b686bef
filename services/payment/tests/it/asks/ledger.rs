//! The ledger: what the database refuses, and what the check finds.

use std::time::Duration;

use contracts::payment::VerifyLedger;
use sqlx::{AssertSqlSafe, Error};
use testkit::Stage;

use crate::world::{deal, hold, must_be_sound, refund, release, somebody_with, stage};

/// A ledger with something of everything in it.
async fn busy() -> Stage {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 10_000).await);
    for reference in ["ord_matured", "ord_released", "ord_refunded", "ord_held"] {
        hold(&stage, &deal(reference, &baraka, &amina, 1_000)).await.unwrap();
    }
    release(&stage, "ord_matured").await.unwrap();
    stage.advance(Duration::from_hours(48));
    stage.settle().await;
    release(&stage, "ord_released").await.unwrap();
    refund(&stage, "ord_refunded").await.unwrap();
    refund(&stage, "ord_void").await.unwrap();
    must_be_sound(&stage).await;
    stage
}

/// Runs statements as the service's role would.
async fn as_the_service(stage: &Stage, sql: &str) -> Result<(), Error> {
    let sql = format!("begin; set local role nexgate_payment; {sql}; commit");
    let mut conn = stage.database.owner.acquire().await.unwrap();
    let ran = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *conn).await;
    sqlx::raw_sql("rollback").execute(&mut *conn).await.unwrap();
    ran.map(drop)
}

#[tokio::test]
async fn m1_the_service_itself_may_not_change_what_happened_nor_set_a_balance() {
    let stage = busy().await;
    for sql in [
        "update payment.journal set title = ''",
        "delete from payment.journal",
        "truncate payment.journal",
        "update payment.posting set amount = -amount",
        "delete from payment.posting",
        "update payment.account set balance = 1",
        "delete from payment.account",
        "insert into payment.account (kind, owner, currency, balance) values ('wallet', gen_random_uuid(), 'TZS', 1)",
        "update payment.escrow set amount = 1",
        "delete from payment.escrow",
        "update payment.top_up set amount = 1",
        "delete from payment.refusal",
        "alter table payment.posting disable trigger all",
    ] {
        let refused = as_the_service(&stage, sql).await.unwrap_err();
        // insufficient_privilege: PostgreSQL manual, appendix A.
        assert_eq!(refused.as_database_error().unwrap().code().as_deref(), Some("42501"), "{sql}: {refused}");
    }
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn m1_the_database_refuses_postings_that_do_not_add_up() {
    let stage = busy().await;
    let entry = "insert into payment.journal values ('00000000-0000-7000-8000-000000000001', 'refund', 'x', '', now());
        insert into payment.posting select '00000000-0000-7000-8000-000000000001', id";
    let old = "insert into payment.posting select (select id from payment.journal where kind = 'top_up'), id";
    let wallets = "from payment.account where kind = 'wallet' order by owner";
    for (sql, constraint) in [
        (format!("{entry}, 1, currency {wallets} limit 1"), "posting_zero_sum"),
        (
            format!(
                "{entry}, case kind when 'fee' then 1 else -2 end, currency from payment.account where kind in ('fee', 'escrow')"
            ),
            "posting_zero_sum",
        ),
        (format!("{entry}, (-1) ^ row_number() over (), 'USD' {wallets}"), "posting_currency"),
        (
            format!(
                "{old}, case kind when 'fee' then 1 else -1 end, currency from payment.account where kind in ('fee', 'escrow')"
            ),
            "posting_at_once",
        ),
        (
            format!(
                "{entry}, case kind when 'escrow' then -1001 else 1001 end, currency from payment.account where kind in ('escrow', 'fee')"
            ),
            "account_not_below_zero",
        ),
        (format!("{entry}, 0, currency {wallets}"), "posting_amount_check"),
    ] {
        let refused = as_the_service(&stage, &sql).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().constraint(), Some(constraint), "{sql}: {refused}");
    }
    must_be_sound(&stage).await;
}

#[tokio::test]
async fn m11_the_check_counts_and_finds_nothing_where_all_is_well() {
    let report = busy().await.node.ask(VerifyLedger {}).await.unwrap();
    assert_eq!((report.accounts, report.transactions, report.postings, report.escrows), (6, 9, 20, 5));
}

#[tokio::test]
async fn m11_the_check_finds_whatever_an_owner_of_the_database_could_break() {
    for (sql, expected) in [
        (
            "update payment.account set balance = balance + 1 where kind = 'fee'",
            "(fee, TZS): its balance is 101, its postings sum to 100",
        ),
        ("delete from payment.posting where amount = 5000 or amount = 50", "its postings in TZS sum to -50"),
        (
            "alter table payment.account drop constraint account_not_below_zero;
             update payment.account set balance = -1 where kind = 'pending_payout'",
            "(pending_payout, TZS): -1 is below zero",
        ),
        (
            "update payment.escrow set state = 'refunded', closed_at = opened_at where state = 'held'",
            "ord_held: the postings of its refund don't agree with its state",
        ),
        (
            "update payment.escrow set matured_at = matures_at where reference = 'ord_released'",
            "ord_released: the postings of its maturity don't agree with its state",
        ),
        ("update payment.escrow set amount = 1001 where state = 'held'", "(TZS): 1000 lies there, open escrows hold 1001"),
        ("update payment.top_up set state = 'pending', closed_at = null", "the top-up is pending and has 1 entries"),
        (
            "insert into payment.top_up select gen_random_uuid(), 'top_2', user_id, provider, currency, amount, state, reason,
                    opened_at, closed_at from payment.top_up",
            "top_2: the top-up is settled and has 0 entries",
        ),
        (
            "update payment.journal set reference = 'top_3' where kind = 'top_up'",
            "top_3: the top-up is unknown and has 1 entries",
        ),
    ] {
        let stage = busy().await;
        sqlx::raw_sql(sql).execute(&stage.database.owner).await.unwrap();
        let broken = stage.node.ask(VerifyLedger {}).await.unwrap().broken;
        assert!(broken.iter().any(|line| line.contains(expected)), "{sql}: {broken:#?}");
    }
}
