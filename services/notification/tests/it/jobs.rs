//! Work for later and on a clock: what goes out, and what doesn't.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use contracts::auth::{AccountLocked, AccountUnlocked, Channel, CodeIssued, CodePurpose};
use host::Mode;
use kernel::Locale;
use metrics_exporter_prometheus::PrometheusBuilder;
use testkit::Stage;

use crate::world::{count, inbox_of, market, person, sent_to, stage};

const CODES_KEPT: &str = "select count(*) from notification.delivery row where row::text like '%482913%'";

fn code(stage: &Stage, channel: Channel, to: &str) -> CodeIssued {
    CodeIssued {
        flow: stage.id(),
        purpose: CodePurpose::Register,
        channel,
        to: to.into(),
        code: "482913".into(),
        locale: Locale::Sw,
        expires_at: stage.clock.now().plus(Duration::from_mins(10)),
    }
}

async fn state(stage: &Stage) -> (String, Option<String>) {
    sqlx::query_as("select state, reason from notification.delivery").fetch_one(&stage.database.owner).await.unwrap()
}

#[tokio::test]
async fn x13_a_code_reaches_its_channel_once_and_is_blanked() {
    let stage = stage().await;
    let issued = code(&stage, Channel::Sms, "+255712000001");
    let envelope = stage.envelope(&issued);
    for _ in 0..5 {
        stage.node.deliver(&envelope).await.unwrap();
    }
    stage.tell(&issued).await;
    let sent = sent_to(&stage, "+255712000001").await;
    assert_eq!((sent.len(), &sent[0]["channel"], &sent[0]["data"]["code"]), (1, &"sms".into(), &"482913".into()));
    assert_eq!(sent[0]["body"], "482913 ni namba yako ya kujiunga na Nexgate. Inatumika hadi saa 11:10. Usimpe mtu yeyote.");
    assert_eq!((state(&stage).await.0.as_str(), count(&stage, CODES_KEPT).await), ("sent", 0));
}

#[tokio::test]
async fn n6_a_delivery_whose_kind_cannot_be_read_is_a_fault_and_goes_nowhere() {
    let stage = stage().await;
    let issued = code(&stage, Channel::Sms, "+255712000001");
    stage.node.deliver(&stage.envelope(&issued)).await.unwrap();
    let unread = sqlx::query("update notification.delivery set kind = 'auth.codes'");
    unread.execute(&stage.database.owner).await.unwrap();
    stage.settle().await;
    assert_eq!(state(&stage).await, ("waiting".to_owned(), None));
    assert!(sent_to(&stage, "+255712000001").await.is_empty());
}

#[tokio::test]
async fn a1_each_code_of_a_flow_is_sent() {
    let stage = stage().await;
    let first = code(&stage, Channel::Email, "amina@example.com");
    stage.tell(&first).await;
    stage.advance(Duration::from_secs(30));
    let second = CodeIssued { code: "111111".into(), expires_at: first.expires_at.plus(Duration::from_secs(30)), ..first };
    stage.tell(&second).await;
    let sent = sent_to(&stage, "amina@example.com").await;
    let codes: Vec<&str> = sent.iter().map(|sent| sent["data"]["code"].as_str().unwrap()).collect();
    assert_eq!((codes, &sent[0]["subject"]), (vec!["111111", "482913"], &"Namba yako ya Nexgate".into()));
}

#[tokio::test]
async fn x13_a_code_that_waited_too_long_is_blanked_and_a_replay_sends_it_never() {
    let stage = stage().await;
    let issued = code(&stage, Channel::Email, "amina@example.com");
    let envelope = stage.envelope(&issued);
    stage.node.deliver(&envelope).await.unwrap();
    assert_eq!(count(&stage, CODES_KEPT).await, 1);
    stage.advance(Duration::from_mins(10));
    stage.settle().await;
    assert_eq!((state(&stage).await.0.as_str(), count(&stage, CODES_KEPT).await), ("expired", 0));
    stage.node.deliver(&envelope).await.unwrap();
    stage.tell(&issued).await;
    assert!(sent_to(&stage, "amina@example.com").await.is_empty());
}

/// A delivery ends once, soon after it began: an index that had to follow would double what it costs.
#[tokio::test]
async fn x4_a_delivery_ends_in_place_since_no_index_has_a_column_that_changes_then() {
    let stage = stage().await;
    for _ in 0..50 {
        stage.tell(&code(&stage, Channel::Email, "amina@example.com")).await;
        stage.advance(Duration::from_secs(1));
    }
    // What other connections counted is shown once they have handed it in, and in no transaction before.
    let ended = "select n_tup_upd from pg_stat_user_tables where schemaname = 'notification' and relname = 'delivery'";
    let in_place = "select n_tup_hot_upd from pg_stat_user_tables where schemaname = 'notification' and relname = 'delivery'";
    while count(&stage, ended).await < 50 {
        stage.settle().await;
    }
    assert_eq!(count(&stage, in_place).await, count(&stage, ended).await);
}

#[tokio::test]
async fn x13_a_code_heard_after_its_end_is_not_even_kept() {
    let stage = stage().await;
    let issued = code(&stage, Channel::Email, "amina@example.com");
    stage.advance(Duration::from_mins(10));
    stage.tell(&issued).await;
    assert!(sent_to(&stage, "amina@example.com").await.is_empty());
    assert_eq!(count(&stage, "select count(*) from notification.delivery").await, 0);
}

#[tokio::test]
async fn x13_a_code_no_worker_came_to_is_ended_by_the_clock_and_forgotten_a_day_later() {
    let stage = stage().await;
    stage.settle().await;
    stage.node.deliver(&stage.envelope(&code(&stage, Channel::Email, "amina@example.com"))).await.unwrap();
    sqlx::query("delete from kernel.job").execute(&stage.database.owner).await.unwrap();
    stage.advance(Duration::from_hours(1));
    stage.settle().await;
    assert_eq!((state(&stage).await.0.as_str(), count(&stage, CODES_KEPT).await), ("expired", 0));
    stage.advance(Duration::from_hours(24));
    stage.settle().await;
    assert_eq!(count(&stage, "select count(*) from notification.delivery").await, 0);
}

#[tokio::test]
async fn x13_codes_no_worker_came_to_end_however_many_they_are() {
    let stage = stage().await;
    stage.settle().await;
    let codes = "insert into notification.delivery
                        (id, fact, kind, channel, to_address, locale, template, data, expires_at, at)
                 select gen_random_uuid(), n::text, 'auth.code', 'sms', '+255712000001', 'en', 'auth.code.v1',
                        '{\"code\": \"482913\"}', $1, $1
                   from generate_series(0, 5000) n";
    sqlx::query(codes).bind(stage.clock.now()).execute(&stage.database.owner).await.unwrap();
    stage.advance(Duration::from_hours(1));
    stage.settle().await;
    assert_eq!((count(&stage, CODES_KEPT).await, count(&stage, "select count(*) from notification.delivery").await), (0, 5001));
    stage.advance(Duration::from_hours(24));
    stage.settle().await;
    assert_eq!(count(&stage, "select count(*) from notification.delivery").await, 0);
}

#[tokio::test]
async fn n6_an_account_locked_meanwhile_hears_of_its_money_only() {
    let stage = stage().await;
    let (buyer, seller) = (person(&stage, "baraka").await, person(&stage, "amina").await);
    let head = market::head(&stage, &buyer, &seller);
    stage.node.deliver(&stage.envelope(&market::shipped(&head, None))).await.unwrap();
    stage.node.deliver(&stage.envelope(&market::refunded(&stage, buyer.id, &head))).await.unwrap();
    stage.tell(&AccountLocked { user: buyer.id, version: 2 }).await;
    let sent = sent_to(&stage, "baraka@example.com").await;
    assert_eq!((sent.len(), &sent[0]["template"]), (1, &"payment.refund_processed.v1".into()));
    let reasons = "select count(*) from notification.delivery where state = 'failed' and reason = 'the account is locked'";
    assert_eq!((count(&stage, reasons).await, inbox_of(&buyer).await.len()), (1, 2));
    stage.tell(&AccountUnlocked { user: buyer.id, version: 3 }).await;
    stage.tell(&AccountLocked { user: buyer.id, version: 2 }).await;
    stage.tell(&market::placed(&stage, &head)).await;
    assert_eq!(sent_to(&stage, "baraka@example.com").await.len(), 2, "old news change nothing");
}

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn without_a_transport_a_delivery_fails_and_says_so_and_keeps_no_code() {
    let log = Log::default();
    let kept = log.0.clone();
    let lines = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_writer(move || log.clone()).finish();
    let _logged = tracing::subscriber::set_default(lines);
    let counts = PrometheusBuilder::new().build_recorder();
    let _counted = metrics::set_default_local_recorder(&counts);
    let production = Stage::of(notification::service()).with(|config| config.mode = Mode::Production);
    let stage = production.start().await;
    stage.tell(&code(&stage, Channel::Email, "amina@example.com")).await;
    assert_eq!(state(&stage).await, ("failed".into(), Some("no transport is configured".into())));
    assert_eq!(count(&stage, CODES_KEPT).await, 0);
    assert_eq!(count(&stage, "select count(*) from notification.dev_outbox").await, 0);
    assert!(counts.handle().render().contains(r#"nexgate_deliveries_stranded_total{channel="email"} 1"#));
    let log = String::from_utf8(kept.lock().unwrap().clone()).unwrap();
    assert!(log.contains("ERROR") && log.contains("a message went nowhere"), "{log}");
    assert!(!log.contains("amina") && !log.contains("482913"), "{log}");
}

#[tokio::test]
async fn x12_what_went_out_goes_after_sixty_days_and_notices_after_half_a_year() {
    const DAY: Duration = Duration::from_hours(24);
    let stage = stage().await;
    let (buyer, seller) = (person(&stage, "baraka").await, person(&stage, "amina").await);
    stage.tell(&market::placed(&stage, &market::head(&stage, &buyer, &seller))).await;
    // One that no worker could make out waits for ever, and one ended long after it was told.
    let late = "with waits as (update notification.delivery set state = 'waiting', ended_at = null
                                where id = (select min(id::text)::uuid from notification.delivery))
                update notification.delivery set ended_at = ended_at + interval '20 days'
                 where id = (select max(id::text)::uuid from notification.delivery)";
    sqlx::query(late).execute(&stage.database.owner).await.unwrap();
    let kept = async || {
        let rows = ["delivery", "notification", "dev_outbox"].map(|table| format!("select count(*) from notification.{table}"));
        let mut counts = Vec::new();
        for rows in rows {
            let count = sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(rows)).fetch_one(&stage.database.owner).await.unwrap();
            counts.push(count);
        }
        counts
    };
    let before = kept().await;
    assert!(before.iter().all(|count| *count >= 2), "{before:?}");
    for (days, gone) in [(29, [false, false, false]), (2, [false, false, true]), (28, [false, false, true])].into_iter().chain([
        (2, [true, false, true]),
        (118, [true, false, true]),
        (2, [true, true, true]),
    ]) {
        stage.advance(DAY * days);
        stage.settle().await;
        let expected: Vec<i64> = before.iter().zip(gone).map(|(count, gone)| if gone { 0 } else { *count }).collect();
        assert_eq!(kept().await, expected, "{days} days later");
    }
}
