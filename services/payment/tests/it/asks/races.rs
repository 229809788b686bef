//! Many at once, and anything in any order.

use std::time::Duration;

use contracts::payment::{EscrowHeld, EscrowReleased, PaymentFailed, RefundProcessed};
use futures_util::future::join_all;
use proptest::prelude::*;
use testkit::{Person, Stage};

use crate::world::{deal, hold, must_be_sound, refund, release, somebody_with, stage, top_up, wallet};

#[tokio::test(flavor = "multi_thread")]
async fn x5_fifty_holds_at_once_with_money_for_ten_hold_exactly_ten() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 10_000).await);
    let deals: Vec<_> = (0..50).map(|number| deal(&format!("ord_{number}"), &baraka, &amina, 1_000)).collect();
    let held = join_all(deals.iter().map(|deal| hold(&stage, deal))).await;
    let codes: Vec<_> = held.iter().filter_map(|held| held.as_ref().err()).map(kernel::Fault::code).collect();
    assert_eq!(codes, vec!["payment.insufficient_funds"; 40]);
    assert_eq!((stage.told::<EscrowHeld>().await.len(), stage.told::<PaymentFailed>().await.len()), (10, 40));
    assert_eq!(wallet(&baraka).await, (0, 0));
    must_be_sound(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m6_thirty_duplicates_of_one_hold_at_once_make_one_escrow() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 10_000).await);
    let wish = deal("ord_1", &baraka, &amina, 1_000);
    let held = join_all((0..30).map(|_| hold(&stage, &wish))).await;
    let escrows: Vec<_> = held.into_iter().map(|held| held.unwrap().escrow).collect();
    assert!(escrows.iter().all(|escrow| *escrow == escrows[0]));
    assert_eq!((wallet(&baraka).await, stage.told::<EscrowHeld>().await.len()), ((9_000, 0), 1));
    must_be_sound(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m6_release_and_refund_at_once_have_exactly_one_winner() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 10_000).await);
    // Another deal's money lies in the same escrow account: what was paid out twice would come out of it.
    hold(&stage, &deal("ord_other", &baraka, &amina, 5_000)).await.unwrap();
    for number in 0..5 {
        let reference = format!("ord_{number}");
        hold(&stage, &deal(&reference, &baraka, &amina, 1_000)).await.unwrap();
        let (released, refunded) = tokio::join!(release(&stage, &reference), refund(&stage, &reference));
        assert!(released.is_ok() != refunded.is_ok(), "{released:?} {refunded:?}");
        assert_eq!(released.and(refunded).unwrap_err().code(), "payment.escrow_closed");
    }
    let told = stage.told::<EscrowReleased>().await.len() + stage.told::<RefundProcessed>().await.len();
    assert_eq!(told, 5);
    must_be_sound(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m6_hold_and_refund_of_one_reference_at_once_leave_nothing_held() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 10_000).await);
    for number in 0..10 {
        let reference = format!("ord_{number}");
        let wish = deal(&reference, &baraka, &amina, 1_000);
        let (held, refunded) = tokio::join!(hold(&stage, &wish), refund(&stage, &reference));
        assert_eq!(held.is_ok(), refunded.unwrap().amount.is_some());
    }
    assert_eq!(wallet(&baraka).await, (10_000, 0));
    must_be_sound(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m1_payments_back_and_forth_at_once_neither_wait_in_a_circle_nor_lose_a_unit() {
    let stage = stage().await;
    let (amina, baraka) = (somebody_with(&stage, 20_000).await, somebody_with(&stage, 20_000).await);
    let trades = (0..40).map(|number| {
        let (stage, reference) = (&stage, format!("ord_{number}"));
        let (payer, payee) = if number % 2 == 0 { (&amina, &baraka) } else { (&baraka, &amina) };
        async move {
            hold(stage, &deal(&reference, payer, payee, 1_000)).await.unwrap();
            if number % 3 == 0 { refund(stage, &reference).await.unwrap() } else { release(stage, &reference).await.unwrap() }
        }
    });
    join_all(trades).await;
    must_be_sound(&stage).await;
    stage.advance(Duration::from_hours(48));
    stage.settle().await;
    let (released, fees) = (stage.told::<EscrowReleased>().await.len(), wallet(&amina).await.0 + wallet(&baraka).await.0);
    assert_eq!(fees, 40_000 - 50 * i64::try_from(released).unwrap());
    must_be_sound(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m1_a_movement_takes_its_accounts_in_the_order_of_their_ids() {
    let stage = stage().await;
    let (amina, owner) = (stage.person(), &stage.database.owner);
    // A plan that happens to sort hides a lock that doesn't.
    sqlx::query("alter function payment.apply_postings() set enable_sort = off").execute(owner).await.unwrap();
    for number in 0..16 {
        let payer = somebody_with(&stage, 10_000).await;
        hold(&stage, &deal(&format!("first_{number}"), &payer, &amina, 1_000)).await.unwrap();
        let accounts = "select id from payment.account where owner = $1 and kind in ('wallet', 'escrow') order by id";
        let ids: Vec<sqlx::types::Uuid> = sqlx::query_scalar(accounts).bind(payer.id.uuid()).fetch_all(owner).await.unwrap();
        // The first by its id lies last in the table, and somebody has it.
        sqlx::query("update payment.account set balance = balance where id = $1").bind(ids[0]).execute(owner).await.unwrap();
        let take = "select 1 from payment.account where id = $1 for no key update skip locked";
        let mut other = owner.acquire().await.unwrap();
        sqlx::raw_sql("begin").execute(&mut *other).await.unwrap();
        sqlx::query(take).bind(ids[0]).fetch_one(&mut *other).await.unwrap();
        let looks = async {
            let waits = "select 1 from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())";
            let mut pause = tokio::time::interval(Duration::from_millis(5));
            while sqlx::query(waits).fetch_optional(owner).await.unwrap().is_none() {
                pause.tick().await;
            }
            let free = sqlx::query(take).bind(ids[1]).fetch_optional(owner).await.unwrap().is_some();
            sqlx::raw_sql("rollback").execute(&mut *other).await.unwrap();
            free
        };
        let wish = deal(&format!("second_{number}"), &payer, &amina, 1_000);
        let (held, free) = tokio::join!(hold(&stage, &wish), looks);
        held.unwrap();
        assert!(free, "who waits for the first account has nothing of the second yet ({number})");
    }
}

/// Something that may happen: whether it is taken or refused, nothing may be lost.
#[derive(Debug, Clone)]
enum Step {
    TopUp { who: usize, minor: i64 },
    Hold { deal: u8, payer: usize, payee: usize, minor: i64 },
    Release { deal: u8 },
    Refund { deal: u8 },
    Wait { hours: u64 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..3_usize, 1..5_000_i64).prop_map(|(who, minor)| Step::TopUp { who, minor }),
        (0..8_u8, 0..3_usize, 0..3_usize, 0..3_000_i64).prop_map(|(deal, payer, payee, minor)| Step::Hold {
            deal,
            payer,
            payee,
            minor
        }),
        (0..8_u8).prop_map(|deal| Step::Release { deal }),
        (0..8_u8).prop_map(|deal| Step::Refund { deal }),
        (0..50_u64).prop_map(|hours| Step::Wait { hours }),
    ]
}

async fn take(stage: &Stage, people: &[Person], step: Step) {
    match step {
        Step::TopUp { who, minor } => drop(top_up(stage, &people[who], minor).await),
        Step::Hold { deal: number, payer, payee, minor } => {
            let wish = deal(&format!("ord_{number}"), &people[payer], &people[payee], minor);
            let refused = hold(stage, &wish).await.err();
            assert!(refused.is_none_or(|fault| fault.code().starts_with("payment.")));
        }
        Step::Release { deal } => drop(release(stage, &format!("ord_{deal}")).await),
        Step::Refund { deal } => drop(refund(stage, &format!("ord_{deal}")).await),
        Step::Wait { hours } => stage.advance(Duration::from_hours(hours)),
    }
}

/// What came in is what people have, what is held and what was earned; and each history sums to what its owner has.
async fn nothing_is_lost(stage: &Stage, people: &[Person]) {
    let (mut have, owner) = (0, &stage.database.owner);
    for person in people {
        let (available, held) = wallet(person).await;
        let lines = person.get("/api/v1/wallet/transactions?limit=100").await.ok();
        let lines: i64 = lines["items"].as_array().unwrap().iter().map(|line| line["amount"]["minor"].as_i64().unwrap()).sum();
        assert_eq!(lines, available + held);
        have += lines;
    }
    let sum = "select coalesce(sum(balance), 0)::bigint from payment.account where kind = any(string_to_array($1, ' '))";
    let of = async |kinds: &str| sqlx::query_scalar::<_, i64>(sum).bind(kinds.to_owned()).fetch_one(owner).await.unwrap();
    assert_eq!(have + of("escrow fee").await, -of("outside").await);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn m1_whatever_happens_in_whatever_order_money_is_neither_made_nor_lost(steps in prop::collection::vec(step(), 1..40)) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let stage = stage().await;
            let people = [somebody_with(&stage, 5_000).await, somebody_with(&stage, 5_000).await, stage.person()];
            for step in steps {
                take(&stage, &people, step).await;
            }
            nothing_is_lost(&stage, &people).await;
            stage.settle().await;
            nothing_is_lost(&stage, &people).await;
            must_be_sound(&stage).await;
        });
    }
}
