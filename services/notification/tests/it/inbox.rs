//! Facts heard.

use std::time::Duration;

use contracts::{
    auth::{AccountErased, AccountOpened},
    commerce::OrderHead,
    payment::Purpose,
    profile::{BlockChanged, FollowRequested, Followed, Surface},
};
use kernel::Locale;
use serde_json::json;
use testkit::{Person, Stage};

use crate::world::{contacts, count, face, inbox_of, market, person, phone_only, sent_to, stage};

fn opened(stage: &Stage, person: &Person) -> AccountOpened {
    AccountOpened { user: person.id, version: 1, at: stage.clock.now() }
}

async fn types(person: &Person) -> Vec<String> {
    inbox_of(person).await.iter().map(|item| item["type"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn n5_a_fact_five_times_and_the_same_news_under_another_envelope_tell_once() {
    let stage = stage().await;
    let (buyer, seller) = (person(&stage, "baraka").await, person(&stage, "amina").await);
    let placed = market::placed(&stage, &market::head(&stage, &buyer, &seller));
    let envelope = stage.envelope(&placed);
    for _ in 0..5 {
        stage.node.deliver(&envelope).await.unwrap();
    }
    stage.tell(&placed).await;
    for (person, email) in [(&buyer, "baraka@example.com"), (&seller, "amina@example.com")] {
        assert_eq!((types(person).await, sent_to(&stage, email).await.len()), (vec!["commerce.order_placed".into()], 1));
    }
}

#[tokio::test]
async fn n5_five_copies_of_the_same_news_at_once_tell_once() {
    let stage = stage().await;
    let (buyer, seller) = (person(&stage, "baraka").await, person(&stage, "amina").await);
    let placed = market::placed(&stage, &market::head(&stage, &buyer, &seller));
    let envelopes: Vec<_> = (0..5).map(|_| stage.envelope(&placed)).collect();
    let delivered = futures_util::future::join_all(envelopes.iter().map(|envelope| stage.node.deliver(envelope))).await;
    assert!(delivered.iter().all(Result::is_ok));
    stage.settle().await;
    assert_eq!((types(&buyer).await.len(), types(&seller).await.len()), (1, 1));
    assert_eq!(sent_to(&stage, "baraka@example.com").await.len(), 1);
}

#[tokio::test]
async fn x3_facts_in_reverse_order_end_the_same() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), stage.person());
    // A follow and two welcomes before anybody is known, and newer contacts before older ones.
    for fact in [
        stage.envelope(&Followed { follower: baraka.id, followee: amina.id, version: 1 }),
        stage.envelope(&opened(&stage, &amina)),
        stage.envelope(&opened(&stage, &baraka)),
        stage.envelope(&contacts(&amina, 3, Some("new@example.com"), None, Locale::Sw)),
        stage.envelope(&contacts(&amina, 1, Some("old@example.com"), None, Locale::En)),
        stage.envelope(&contacts(&baraka, 1, Some("baraka@example.com"), None, Locale::En)),
        stage.envelope(&face(&amina, 2, "amina")),
        stage.envelope(&face(&amina, 1, "amina_was")),
        stage.envelope(&face(&baraka, 1, "baraka")),
    ] {
        stage.node.deliver(&fact).await.unwrap();
    }
    stage.settle().await;
    let mut told = types(&amina).await;
    told.sort_unstable();
    assert_eq!(
        (told, types(&baraka).await),
        (vec!["auth.welcome".into(), "profile.new_follower".into()], vec!["auth.welcome".into()])
    );
    let subjects: Vec<_> = sent_to(&stage, "new@example.com").await.iter().map(|sent| sent["subject"].clone()).collect();
    assert!(subjects.contains(&"Karibu Nexgate, amina the Great".into()) && subjects.contains(&"baraka anakufuata".into()));
    assert!(sent_to(&stage, "old@example.com").await.is_empty());
}

#[tokio::test]
async fn x3_while_one_of_two_is_unknown_nobody_is_told_and_a_replay_tells_both() {
    let stage = stage().await;
    let (buyer, seller) = (person(&stage, "baraka").await, stage.person());
    stage.tell(&market::placed(&stage, &market::head(&stage, &buyer, &seller))).await;
    assert!(types(&buyer).await.is_empty() && sent_to(&stage, "baraka@example.com").await.is_empty());
    stage.tell(&contacts(&seller, 1, Some("amina@example.com"), None, Locale::En)).await;
    assert_eq!(stage.node.replay(Some("notification")).await.unwrap(), 1);
    stage.settle().await;
    assert_eq!((types(&buyer).await.len(), types(&seller).await.len()), (1, 1));
}

#[tokio::test]
async fn x3_who_follows_again_within_a_day_is_told_once_whatever_the_order() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    let follow = |version| stage.envelope(&Followed { follower: baraka.id, followee: amina.id, version });
    let (first, third) = (follow(1), follow(3));
    let delivered = futures_util::future::join_all([&third, &first].map(|fact| stage.node.deliver(fact))).await;
    assert!(delivered.iter().all(Result::is_ok));
    stage.settle().await;
    assert_eq!(types(&amina).await, ["profile.new_follower"]);
    stage.advance(Duration::from_hours(25));
    stage.tell(&Followed { follower: baraka.id, followee: amina.id, version: 5 }).await;
    assert_eq!(types(&amina).await.len(), 2);
}

/// Whom somebody blocks or mutes.
fn block(subject: &Person, object: &Person, version: i64, blocks: bool, mutes: &[Surface]) -> BlockChanged {
    BlockChanged { subject: subject.id, object: object.id, version, blocks, mutes: mutes.to_vec(), mutes_until: None }
}

#[tokio::test]
async fn x6_who_is_blocked_or_muted_is_not_spoken_of_before_or_after() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    let follow = |version| Followed { follower: baraka.id, followee: amina.id, version };
    let unread = async || amina.get("/api/v1/notifications/unread-count").await.ok()["count"].clone();
    stage.tell(&follow(1)).await;
    assert_eq!((types(&amina).await.len(), unread().await), (1, json!(1)));
    // A block of either hides what was told; so does a mute, in one direction.
    for (version, subject, object, mutes) in
        [(10, &amina, &baraka, &[][..]), (20, &baraka, &amina, &[][..]), (30, &amina, &baraka, &[Surface::Notifications][..])]
    {
        let begins = block(subject, object, version, mutes.is_empty(), mutes);
        stage.tell(&begins).await;
        assert_eq!((types(&amina).await.len(), unread().await), (0, json!(0)), "{begins:?}");
        stage.tell(&BlockChanged { version: begins.version + 1, blocks: false, mutes: Vec::new(), ..begins.clone() }).await;
        stage.tell(&begins).await;
        assert_eq!((types(&amina).await.len(), unread().await), (1, json!(1)), "old news change nothing: {begins:?}");
        stage.advance(Duration::from_hours(1));
    }
    stage.tell(&block(&baraka, &amina, 40, false, Surface::ALL)).await;
    assert_eq!(types(&amina).await.len(), 1, "who is muted hears all the same");
    // While it holds nothing is told, and nothing comes after it.
    stage.tell(&block(&amina, &baraka, 50, false, &[Surface::Posts])).await;
    assert_eq!(types(&amina).await.len(), 1, "another surface");
    stage.tell(&block(&amina, &baraka, 51, true, &[])).await;
    stage.advance(Duration::from_hours(48));
    let before = sent_to(&stage, "amina@example.com").await.len();
    stage.tell(&follow(5)).await;
    stage.tell(&FollowRequested { follower: baraka.id, followee: amina.id, version: 7 }).await;
    stage.tell(&block(&amina, &baraka, 52, false, &[])).await;
    assert_eq!((types(&amina).await.len(), sent_to(&stage, "amina@example.com").await.len()), (1, before));
}

#[tokio::test]
async fn n6_a_message_that_waits_while_its_reader_blocks_whom_it_speaks_of_is_not_sent() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    let before = sent_to(&stage, "amina@example.com").await.len();
    // Both are heard before any worker looks.
    stage.node.deliver(&stage.envelope(&Followed { follower: baraka.id, followee: amina.id, version: 1 })).await.unwrap();
    stage.node.deliver(&stage.envelope(&block(&amina, &baraka, 2, true, &[]))).await.unwrap();
    stage.settle().await;
    assert_eq!(sent_to(&stage, "amina@example.com").await.len(), before);
    let reason: String = sqlx::query_scalar("select reason from notification.delivery where kind = 'profile.new_follower'")
        .fetch_one(&stage.database.owner)
        .await
        .unwrap();
    assert_eq!(reason, "its reader hears nothing of the person it speaks of");
}

#[tokio::test]
async fn p3_who_asks_to_follow_is_told_of_once_a_day() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    for version in [1, 3, 5] {
        stage.tell(&FollowRequested { follower: baraka.id, followee: amina.id, version }).await;
    }
    let told = amina.get("/api/v1/notifications").await.ok()["items"].clone();
    assert_eq!(
        (told.as_array().unwrap().len(), &told[0]["type"], &told[0]["link"]),
        (1, &json!("profile.follow_request"), &json!("/me/requests"))
    );
}

#[tokio::test]
async fn n1_everybody_concerned_is_told_and_nobody_else() {
    let stage = stage().await;
    let (buyer, seller, other) = (person(&stage, "baraka").await, person(&stage, "amina").await, person(&stage, "chiku").await);
    market::everything(&stage, &buyer, &seller).await;
    let (mut bought, mut sold) = (types(&buyer).await, types(&seller).await);
    bought.sort_unstable();
    sold.sort_unstable();
    let expected = [
        "commerce.order_cancelled",
        "commerce.order_delivered",
        "commerce.order_placed",
        "commerce.order_shipped",
        "commerce.order_shipped",
        "payment.payment_failed",
        "payment.payment_failed",
        "payment.payment_failed",
        "payment.payment_successful",
        "payment.payment_successful",
        "payment.refund_processed",
    ];
    assert_eq!(bought, expected);
    let expected = ["commerce.order_cancelled", "commerce.order_placed", "commerce.payment_received", "payment.escrow_released"];
    assert_eq!(sold, expected);
    assert!(types(&other).await.is_empty());
    assert_eq!(sent_to(&stage, "baraka@example.com").await.len(), bought.len());
}

#[tokio::test]
async fn x15_a_phone_without_email_gets_its_money_news_by_sms_and_the_rest_in_the_app() {
    let stage = stage().await;
    let (buyer, seller) = (phone_only(&stage, "baraka", "+255712000001").await, person(&stage, "amina").await);
    market::everything(&stage, &buyer, &seller).await;
    let sent = sent_to(&stage, "+255712000001").await;
    assert!(sent.iter().all(|sent| sent["channel"] == "sms" && sent["subject"].is_null()));
    let templates = sent.iter().map(|sent| sent["template"].as_str().unwrap());
    assert!(templates.clone().all(|template| template.starts_with("payment.")) && templates.count() == 6);
    assert_eq!(sent[0]["body"], "Your refund of TZS 25,000.50 was made on 23 November 2026, 11:00.");
    assert_eq!(types(&buyer).await.len(), 11);
}

#[tokio::test]
async fn the_same_payment_refused_again_for_the_same_reason_is_told_once() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    for _ in 0..3 {
        let reference = "ord_01jc7hnyg70000800000000001";
        stage.tell(&market::failed(amina.id, Purpose::Order, reference, "payment.insufficient_funds")).await;
    }
    assert_eq!(types(&amina).await, ["payment.payment_failed"]);
}

#[tokio::test]
async fn x12_an_erased_account_leaves_no_contact_no_name_and_nothing_that_spoke_of_it() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    stage.tell(&opened(&stage, &amina)).await;
    stage.tell(&Followed { follower: amina.id, followee: baraka.id, version: 1 }).await;
    stage.tell(&AccountErased { user: amina.id, version: 9 }).await;
    // Late news bring nothing back.
    stage.tell(&contacts(&amina, 10, Some("amina@example.com"), None, Locale::En)).await;
    stage.tell(&face(&amina, 10, "amina")).await;
    stage.tell(&Followed { follower: amina.id, followee: baraka.id, version: 3 }).await;
    stage.tell(&opened(&stage, &amina)).await;
    assert!(types(&amina).await.is_empty() && types(&baraka).await.is_empty());
    for of in [
        "select count(*) from notification.person row where row::text ilike '%amina%'",
        "select count(*) from notification.notification",
        "select count(*) from notification.delivery",
        "select count(*) from notification.dev_outbox row where to_address ilike '%amina%'",
    ] {
        assert_eq!(count(&stage, of).await, 0, "{of}");
    }
}

#[tokio::test]
async fn x12_one_erasure_reads_neither_what_everybody_was_told_nor_what_went_out_to_them() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    stage.tell(&opened(&stage, &amina)).await;
    stage.tell(&Followed { follower: amina.id, followee: baraka.id, version: 1 }).await;
    let others = "with other as (
                      insert into notification.person (user_id)
                      select gen_random_uuid()
                        from generate_series(1, 500)
                      returning user_id
                  ), told as (
                      insert into notification.notification (id, fact, kind, user_id, about, template, data, link, at)
                      select gen_random_uuid(), n::text, 'kind', user_id, user_id, 'template', '{}', '/', now()
                        from other, generate_series(1, 10) n
                      returning id, user_id
                  )
                  insert into notification.delivery
                         (id, fact, kind, notification, recipient, about, channel, to_address, locale, template, data, at)
                  select gen_random_uuid(), coalesce(id::text, n::text), 'kind', id, who, who, 'sms', n::text, 'en', 'template', '{}', now()
                    from (select id, user_id as who, 0 as n from told
                          union all
                          select null, null, n from generate_series(1, 5000) n) as news";
    sqlx::raw_sql(others).execute(&stage.database.owner).await.unwrap();
    sqlx::raw_sql("analyze notification.notification, notification.delivery").execute(&stage.database.owner).await.unwrap();
    stage.tell(&AccountErased { user: amina.id, version: 9 }).await;
    for table in ["notification.notification", "notification.delivery"] {
        assert!(read_through(&stage, table).await < 5000, "{table}");
    }
    assert_eq!(count(&stage, "select count(*) from notification.delivery").await, 10_000);
}

/// How many rows of a table were read one after the other so far. Whoever is connected says so when they leave, so they leave.
async fn read_through(stage: &Stage, table: &str) -> i64 {
    let mut owner = stage.database.owner.acquire().await.unwrap();
    let leave = "select count(pg_terminate_backend(pid))
                   from pg_stat_activity
                  where datname = current_database()
                    and backend_type = 'client backend'
                    and pid <> pg_backend_pid()";
    while sqlx::query_scalar::<_, i64>(leave).fetch_one(&mut *owner).await.unwrap() > 0 {}
    let read = sqlx::query_scalar("select seq_tup_read from pg_stat_user_tables where relid = $1::text::regclass").bind(table);
    read.fetch_one(&mut *owner).await.unwrap()
}

#[tokio::test]
async fn x12_an_erasure_heard_first_keeps_contacts_out() {
    let stage = stage().await;
    let amina = stage.person();
    stage.tell(&AccountErased { user: amina.id, version: 9 }).await;
    stage.tell(&contacts(&amina, 1, Some("amina@example.com"), Some("+255712000001"), Locale::En)).await;
    let kept = "select count(*) from notification.person where email is not null or phone is not null";
    assert_eq!(count(&stage, kept).await, 0);
}

/// Two weeks, as a new seller's buyer has.
const TWO_WEEKS: Duration = Duration::from_hours(14 * 24);
const CODES_KEPT: &str = "select count(*) from notification.delivery where data ? 'code'";

#[tokio::test]
async fn c12_a_handover_code_goes_once_to_a_buyer_with_only_a_phone_and_each_new_one_again() {
    let stage = stage().await;
    let (buyer, seller) = (phone_only(&stage, "baraka", "+255712000001").await, person(&stage, "amina").await);
    let head = market::head(&stage, &buyer, &seller);
    let made = market::handover(&stage, &head, "482913", TWO_WEEKS);
    let envelope = stage.envelope(&made);
    for _ in 0..5 {
        stage.node.deliver(&envelope).await.unwrap();
    }
    stage.tell(&made).await;
    let renewed = OrderHead { version: 2, ..head };
    stage.tell(&market::handover(&stage, &renewed, "111111", TWO_WEEKS)).await;
    let sent = sent_to(&stage, "+255712000001").await;
    let codes: Vec<&str> = sent.iter().map(|sent| sent["data"]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["111111", "482913"]);
    let text =
        "2 x Kitenge dress from Amina Fabrics is on its way. Hand-over code: 482913. Give it only with the goods in your hand.";
    assert_eq!((&sent[1]["body"], &sent[1]["channel"]), (&text.into(), &"sms".into()));
    assert_eq!((count(&stage, CODES_KEPT).await, types(&buyer).await.len()), (0, 0), "x13: blanked, and never in the inbox");
}

#[tokio::test]
async fn x13_a_handover_code_is_kept_for_nobody_else_and_not_past_its_end() {
    let stage = stage().await;
    let (buyer, seller) = (person(&stage, "baraka").await, phone_only(&stage, "amina", "+255754000002").await);
    stage.tell(&market::handover(&stage, &market::head(&stage, &buyer, &seller), "482913", TWO_WEEKS)).await;
    // Whoever has only a phone, and hears of it when it is good no more.
    let other = market::head(&stage, &seller, &buyer);
    let late = market::handover(&stage, &other, "482913", TWO_WEEKS);
    stage.advance(TWO_WEEKS);
    stage.tell(&late).await;
    assert_eq!(count(&stage, "select count(*) from notification.delivery").await, 0);
}

#[tokio::test]
async fn x3_a_handover_code_waits_for_the_phone_it_goes_to() {
    let stage = stage().await;
    let (buyer, seller) = (stage.person(), person(&stage, "amina").await);
    stage.tell(&market::handover(&stage, &market::head(&stage, &buyer, &seller), "482913", TWO_WEEKS)).await;
    stage.tell(&contacts(&buyer, 1, None, Some("+255712000001"), Locale::Sw)).await;
    assert_eq!(stage.node.replay(Some("notification")).await.unwrap(), 1);
    stage.settle().await;
    let sent = sent_to(&stage, "+255712000001").await;
    assert!(sent[0]["body"].as_str().unwrap().contains("Namba ya makabidhiano: 482913."), "{sent:?}");
}
