//! The doctor beside a world that is well, and beside one where something is away, parked or missing.

use sqlx::PgPool;

use crate::{market::sign_up, split::Split, world::World};

/// The lines that begin with this verdict.
fn lines<'a>(said: &'a str, verdict: &str) -> Vec<&'a str> {
    said.lines().filter(|line| line.starts_with(verdict)).collect()
}

async fn change(database: &PgPool, statement: &'static str) {
    sqlx::raw_sql(statement).execute(database).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_nothing_where_all_is_well_and_names_what_is_not() {
    let split = Split::open().await;
    sign_up(&split, "amina").await;
    split.settle().await;
    let (ok, said) = split.beside(0, &["doctor"]);
    // How full the disk is and how many tests hold connections is this machine's business.
    let odd = said.lines().filter(|line| !line.starts_with("ok ") && !line.contains("disk: ") && !line.contains("connections"));
    assert_eq!(odd.collect::<Vec<_>>(), Vec::<&str>::new(), "{said}");
    for word in [
        "settings: of",
        "master key: given",
        "MiB of",
        "of auth, profile, files, payment, commerce, social\n",
        "of notification\n",
        ": migrated",
        "its clock is",
        "0 facts to be told",
        "0 facts parked, 0 failed",
        "0 jobs parked, 0 failed",
        "broker: RabbitMQ 3.",
        "queue nexgate.social: 0 messages, 1 consumers",
        "queue nexgate.dead: 0 messages",
        "peer notification: http://127.77.",
    ] {
        assert!(said.contains(word), "{word}:\n{said}");
    }
    assert!(ok || lines(&said, "bad").iter().all(|line| line.contains("disk: ") || line.contains("connections")), "{said}");

    // One thing after the other goes wrong.
    let (shared, notification) = (split.owner("auth"), split.owner("notification"));
    change(notification, "update kernel.inbox set state = 'parked', envelope = '{}', reason = 'odd' where fact = (select min(fact::text)::uuid from kernel.inbox)").await;
    change(shared, "insert into kernel.job (id, service, name, body, run_at, state) values (gen_random_uuid(), 'auth', 'x', '{}', now(), 'parked')").await;
    split.kill(2);
    let (ok, said) = split.beside(0, &["doctor"]);
    assert!(!ok && lines(&said, "bad").join("\n").contains("1 facts parked"), "{said}");
    change(notification, "delete from notification.migration where version = 1").await;
    let (ok, said) = split.beside(0, &["doctor"]);
    assert!(!ok && said.contains("checks are bad"), "{said}");
    let bad = lines(&said, "bad").join("\n");
    for word in ["1 migrations are missing: run `nexgate migrate`", "1 jobs parked", "peer notification: http://127.77."] {
        assert!(bad.contains(word), "{word}:\n{said}");
    }
    assert!(lines(&said, "look").join("\n").contains("queue nexgate.notification: 0 messages, 0 consumers"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_works_with_everything_away_and_tells_no_secrets() {
    let dir = tempfile::tempdir().unwrap();
    // Nobody listens on the ports below 1024 of this address of ours.
    let settings = [
        ("DATABASE_URL", "postgres://nexgate:canary@127.77.255.1:1/nexgate"),
        ("NEXGATE_NOTIFICATION_DATABASE_URL", "postgres://nexgate:canary@127.77.255.1:2/nexgate"),
        ("NEXGATE_AMQP_URL", "amqp://nexgate:canary@127.77.255.1:3/nexgate"),
        ("NEXGATE_PEERS", "notification=http://127.77.255.1:4"),
        ("NEXGATE_MASTER_KEY", "cacacacacacacacacacacacacacacacacacacacacacacacacacacacacacacaca"),
    ];
    let (ok, said) = crate::running::run_in(dir.path(), &settings, &["doctor"]);
    assert!(!ok && said.contains("6 of 9 checks are bad") || said.contains("7 of 9 checks are bad"), "{said}");
    for word in ["nexgate at 127.77.255.1:1: ", "nexgate at 127.77.255.1:2: ", "broker: ", "peer notification: "] {
        assert!(lines(&said, "bad").join("\n").contains(word), "{word}:\n{said}");
    }
    for missing in ["e-mail: NEXGATE_SMTP_URL is missing", "SMS: NEXGATE_SMS_URL is missing"] {
        assert!(lines(&said, "bad").join("\n").contains(missing), "{missing}:\n{said}");
    }
    assert!(!said.contains("canary") && !said.contains("cacaca"), "{said}");
    let (ok, said) = crate::running::run_in(dir.path(), &[("NEXGATE_MASTER_KEY", "short")], &["doctor"]);
    assert!(!ok && lines(&said, "bad").len() == 1 && said.contains("bad  settings: NEXGATE_MASTER_KEY"), "{said}");
}
