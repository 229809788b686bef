//! E-mail, read by another's library.

use std::time::Duration;

use contracts::{
    auth::{AccountOpened, Channel},
    commerce::OrderDelivered,
    profile::{Followed, ProfileChanged},
};
use host::Mode;
use kernel::Locale;
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::json;
use testkit::{Elsewhere, Stage};

use super::{Log, MAIL, after, both, carried, code, mail_server, stand, stands, to_mail_server};
use crate::world::{contacts, count, face, inbox_of, market, person, sent_to};

const REFUSED: &str = "the mail server: 550 5.1.1";

#[tokio::test]
async fn n2_a_mail_arrives_whole_and_in_its_readers_language() {
    let mut server = mail_server(json!([]));
    let counts = PrometheusBuilder::new().build_recorder();
    let _counted = metrics::set_default_local_recorder(&counts);
    let stage = carried().await;
    let zuwena = stage.person();
    let name = "Zuwena Ngũgĩ-Müller wa Pwani";
    stage
        .tell(&ProfileChanged {
            user: zuwena.id,
            version: 1,
            username: "zuwena".into(),
            display_name: name.into(),
            locale: None,
            time_zone: None,
        })
        .await;
    stage.tell(&contacts(&zuwena, 1, Some("zuwena+shop@mail.co.tz"), None, Locale::Sw)).await;
    stage.tell(&AccountOpened { user: zuwena.id, version: 1, at: stage.clock.now() }).await;
    let mail = server.says();
    assert_eq!(mail["headers"]["subject"], format!("Karibu Nexgate, {name}"));
    assert_eq!(mail["headers"]["from"], "Nexgate Sokoni <no-reply@nexgate.example>");
    assert_eq!(
        (&mail["headers"]["to"], &mail["recipients"]),
        (&json!("zuwena+shop@mail.co.tz"), &json!(["zuwena+shop@mail.co.tz"]))
    );
    assert_eq!((&mail["sender"], &mail["hello"]), (&json!("no-reply@nexgate.example"), &json!("nexgate.test")));
    assert_eq!(mail["headers"]["date"], "Mon, 23 Nov 2026 08:00:00 +0000");
    assert_eq!(mail["headers"]["auto-submitted"], "auto-generated");
    let id: String =
        sqlx::query_scalar("select id::text from notification.delivery").fetch_one(&stage.database.owner).await.unwrap();
    assert_eq!(mail["headers"]["message-id"], format!("<{id}@nexgate.example>"));
    assert_eq!(mail["parts"], json!(["text/plain", "text/html"]));
    let text = mail["text"].as_str().unwrap().replace("\r\n", "\n");
    assert!(text.starts_with("Akaunti yako iko tayari.") && text.trim_end().ends_with("\n\nhttp://nexgate.test/"), "{text}");
    let html = mail["html"].as_str().unwrap();
    for part in [
        "lang=\"sw\"",
        "Karibu Nexgate, Zuwena Ngũgĩ-Müller wa Pwani</h1>",
        "Akaunti yako iko tayari.",
        "href=\"http://nexgate.test/\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert_eq!((&mail["defects"], &mail["ascii"]), (&json!([]), &json!(true)));
    assert!(mail["longest"].as_u64().unwrap() <= 998, "RFC 5322, section 2.1.1");

    // The next one takes the same connection.
    stage.tell(&code(&stage, Channel::Email, "zuwena+shop@mail.co.tz")).await;
    let second = server.says();
    assert!(second["text"].as_str().unwrap().starts_with("482913 ni namba yako"), "{second}");
    assert_eq!(second["peer"], mail["peer"]);
    assert_eq!(stand(&stage).await, [stands("sent", "", 0), stands("sent", "", 0)]);
    assert_eq!(count(&stage, "select count(*) from notification.dev_outbox").await, 0);
    assert!(counts.handle().render().contains(r#"nexgate_deliveries_total{channel="email",outcome="sent"} 2"#));
}

#[tokio::test]
async fn n5_a_mail_refused_for_now_goes_later_under_the_same_id() {
    let mut server = mail_server(json!(["greylisted", "busy"]));
    let counts = PrometheusBuilder::new().build_recorder();
    let _counted = metrics::set_default_local_recorder(&counts);
    let stage = carried().await;
    stage.tell(&code(&stage, Channel::Email, "amina@example.com")).await;
    assert_eq!(stand(&stage).await, [stands("waiting", "the mail server: 450 4.2.0", 1)]);
    after(&stage, 1).await;
    assert_eq!(stand(&stage).await, [stands("waiting", "the mail server: 450 4.2.0", 1)], "it isn't time yet");
    after(&stage, 1).await;
    assert_eq!(stand(&stage).await, [stands("waiting", "the mail server: 451 4.3.0", 2)]);
    after(&stage, 4).await;
    assert_eq!(stand(&stage).await, [stands("sent", "", 2)]);
    let (first, second) = (server.says(), server.says());
    assert_eq!((&first["fault"], &second["fault"]), (&json!("busy"), &json!("none")));
    assert_eq!((&first["headers"], &first["text"]), (&second["headers"], &second["text"]));
    let shown = counts.handle().render();
    for line in [r#"{channel="email",outcome="retried"} 2"#, r#"{channel="email",outcome="sent"} 1"#] {
        assert!(shown.contains(line), "{shown}");
    }
}

#[tokio::test]
async fn x14_a_mail_refused_for_good_fails_with_a_reason_that_names_nobody() {
    let server = mail_server(json!(["unknown", "content"]));
    let (log, _logged) = Log::begin();
    let counts = PrometheusBuilder::new().build_recorder();
    let _counted = metrics::set_default_local_recorder(&counts);
    let stage = carried().await;
    for name in ["amina", "baraka"] {
        stage.tell(&code(&stage, Channel::Email, &format!("{name}@example.com"))).await;
        stage.advance(Duration::from_secs(1));
    }
    assert_eq!(stand(&stage).await, [stands("failed", REFUSED, 0), stands("failed", "the mail server: 554 5.7.1", 0)]);
    assert_eq!(count(&stage, "select count(*) from notification.delivery where data ? 'code'").await, 0);
    after(&stage, 3600).await;
    assert_eq!(server.kill().len(), 1, "neither is tried again; of the first only the address was seen");
    let (shown, log) = (counts.handle().render(), log.text());
    assert!(shown.contains(r#"{channel="email",outcome="failed"} 2"#), "{shown}");
    assert!(log.contains(REFUSED) && !log.contains("amina") && !log.contains("baraka") && !log.contains("482913"), "{log}");
    assert!(!shown.contains("example.com"), "{shown}");
}

#[tokio::test]
async fn n5_a_sender_the_server_refuses_is_our_matter_and_no_mail_is_lost_to_it() {
    let mut server = mail_server(json!(["sender"]));
    let stage = carried().await;
    stage.tell(&code(&stage, Channel::Email, "amina@example.com")).await;
    assert_eq!(stand(&stage).await, [stands("waiting", "the mail server: 553 5.1.8", 1)]);
    after(&stage, 2).await;
    assert_eq!((server.says()["fault"].clone(), stand(&stage).await[0].0.as_str()), (json!("none"), "sent"));
}

#[tokio::test]
async fn x10_a_connection_cut_after_the_message_is_unknown_and_tried_again_a_minute_later() {
    let mut server = mail_server(json!(["cut"]));
    let stage = carried().await;
    stage.tell(&code(&stage, Channel::Email, "amina@example.com")).await;
    let (state, reason, tries) = stand(&stage).await.remove(0);
    assert_eq!((state.as_str(), tries), ("waiting", 1));
    assert!(reason.starts_with("no answer to the message: the mail server: "), "{reason}");
    after(&stage, 59).await;
    assert_eq!(stand(&stage).await[0].0, "waiting");
    after(&stage, 1).await;
    assert_eq!(stand(&stage).await[0].0, "sent");
    let (first, copy) = (server.says(), server.says());
    assert_eq!((&first["fault"], &first["headers"]["message-id"]), (&json!("cut"), &copy["headers"]["message-id"]));
}

#[tokio::test]
async fn n5_a_server_that_is_away_and_back_gets_what_waited() {
    let stage = carried().await;
    stage.tell(&code(&stage, Channel::Email, "amina@example.com")).await;
    let (state, reason, _) = stand(&stage).await.remove(0);
    assert!(state == "waiting" && reason.starts_with("the mail server: Connection error"), "{reason}");
    let mut server = mail_server(json!([]));
    after(&stage, 2).await;
    assert_eq!(server.says()["recipients"], json!(["amina@example.com"]));
    // Started anew under a connection we keep: another one is opened at once.
    server.kill();
    let mut server = mail_server(json!([]));
    stage.tell(&code(&stage, Channel::Email, "baraka@example.com")).await;
    assert_eq!(server.says()["recipients"], json!(["baraka@example.com"]));
    assert_eq!(stand(&stage).await[1], stands("sent", "", 0));
}

#[tokio::test]
async fn x13_a_code_for_a_server_that_stays_away_ends_in_time_and_a_notice_after_a_day() {
    let stage = carried().await;
    let (buyer, seller) = (person(&stage, "baraka").await, person(&stage, "amina").await);
    stage.tell(&code(&stage, Channel::Email, "amina@example.com")).await;
    stage.tell(&OrderDelivered { head: market::head(&stage, &buyer, &seller) }).await;
    after(&stage, 10 * 60).await;
    assert!(stand(&stage).await.iter().any(|(state, ..)| state == "expired"));
    assert_eq!(count(&stage, "select count(*) from notification.delivery row where row::text like '%482913%'").await, 0);
    // Half an hour is the longest pause.
    for _ in 0..48 {
        after(&stage, 30 * 60).await;
    }
    let ended = stand(&stage).await;
    let (_, reason, tries) = ended.iter().find(|(state, ..)| state == "failed").expect("the notice is given up");
    assert!(reason.starts_with("given up after a day: the mail server: Connection error"), "{reason}");
    assert!((12..60).contains(tries), "{tries}");
    assert_eq!(inbox_of(&buyer).await.len(), 1, "it is in the app all the same");
}

#[tokio::test]
async fn x14_a_name_with_line_breaks_in_it_makes_no_header_and_no_recipient() {
    let mut server = mail_server(json!([]));
    let stage = carried().await;
    let (amina, eve) = (person(&stage, "amina").await, stage.person());
    stage.tell(&face(&eve, 1, "eve\r\nBcc: eve@example.com\r\n\r\n<script>")).await;
    stage.tell(&Followed { follower: eve.id, followee: amina.id, version: 1 }).await;
    let mail = server.says();
    let mut names: Vec<&str> = mail["names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to"]);
    assert_eq!((&mail["recipients"], &mail["parts"]), (&json!(["amina@example.com"]), &json!(["text/plain", "text/html"])));
    assert_eq!(mail["headers"]["subject"], "eve Bcc: eve@example.com <script> follows you");
    assert!(!mail["html"].as_str().unwrap().contains("<script>"));
}

#[tokio::test]
async fn x10_nobody_waits_for_a_database_connection_because_of_a_mail_server() {
    // It takes calls and never says a word.
    let silent = tokio::net::TcpListener::bind((Elsewhere::host(MAIL), 2525)).await.unwrap();
    let setting = Stage::of(notification::service()).with(|config| {
        both(config, Mode::Production);
        config.limits.connections = 1;
    });
    let stage = setting.start().await;
    let amina = person(&stage, "amina").await;
    stage.node.deliver(&stage.envelope(&code(&stage, Channel::Email, "amina@example.com"))).await.unwrap();
    let reading = async {
        let _called = silent.accept().await.unwrap();
        inbox_of(&amina).await
    };
    tokio::select! {
        biased;
        found = reading => assert!(found.is_empty()),
        () = stage.settle() => panic!("the mail server answered"),
    }
}

#[tokio::test]
async fn n2_in_development_mode_the_outbox_shows_once_what_is_really_sent() {
    let mut server = mail_server(json!(["busy", "busy"]));
    let stage = Stage::of(notification::service()).with(|config| both(config, Mode::Development)).start().await;
    stage.tell(&code(&stage, Channel::Email, "amina@example.com")).await;
    assert_eq!((sent_to(&stage, "amina@example.com").await.len(), stand(&stage).await[0].0.as_str()), (1, "waiting"));
    after(&stage, 2).await;
    after(&stage, 4).await;
    assert_eq!((sent_to(&stage, "amina@example.com").await.len(), stand(&stage).await[0].0.as_str()), (1, "sent"));
    let arrived = [server.says(), server.says(), server.says()];
    assert!(arrived.iter().all(|mail| mail["headers"]["message-id"] == arrived[0]["headers"]["message-id"]));
}

#[tokio::test]
async fn a_server_that_cannot_be_spoken_to_in_the_clear_is_not() {
    let _server = mail_server(json!([]));
    let url = format!("smtp://{}:2525", Elsewhere::host(MAIL));
    let stage = Stage::of(notification::service()).with(move |config| {
        both(config, Mode::Production);
        config.channels.mail = Some(to_mail_server(&url));
    });
    let stage = stage.start().await;
    stage.tell(&code(&stage, Channel::Email, "amina@example.com")).await;
    let (state, reason, _) = stand(&stage).await.remove(0);
    assert!(state == "waiting" && reason.contains("STARTTLS is not supported"), "{reason}");
}
