//! Messages that really leave the binary: by a mail server and an aggregator of other people's.

use serde_json::{Value, json};
use testkit::Elsewhere;

use crate::{market::text, split::Split, world::World};

const MAIL_SERVER: &str = include_str!("../../../services/notification/tests/it/carriers/mail_server.py");
const AGGREGATOR: &str = include_str!("../../../services/notification/tests/it/carriers/aggregator.py");
/// Notification's process.
const NOTIFICATION: usize = 2;
const PHONE: &str = "+255712000001";

#[tokio::test(flavor = "multi_thread")]
async fn n2_outside_development_mode_people_sign_up_by_a_real_mail_and_a_real_sms() {
    let (mail_host, sms_host) = (Elsewhere::host(78), Elsewhere::host(79));
    let mut server = Elsewhere::start(MAIL_SERVER, &json!({"host": mail_host, "faults": ["busy"]}));
    let mut aggregator = Elsewhere::start(AGGREGATOR, &json!({"host": sms_host, "faults": [500]}));
    let settings = [
        ("NEXGATE_SMTP_URL", format!("smtp://{mail_host}:2525?tls=none")),
        ("NEXGATE_MAIL_FROM", "Nexgate <no-reply@nexgate.example>".into()),
        ("NEXGATE_SMS_URL", format!("http://{sms_host}:8080/send")),
        ("NEXGATE_SMS_KEY", "key-canary".into()),
        ("NEXGATE_SMS_SENDER", "NEXGATE".into()),
    ];
    let split = Split::open().await;
    split.kill(NOTIFICATION);
    let mut command = split.settings(NOTIFICATION);
    command.envs(settings.clone()).arg("serve");
    split.spawn(NOTIFICATION, command);
    split.wait_until_ready(NOTIFICATION).await;

    // Each is refused once, and goes again two seconds later as the same message.
    let flow = register(&split, json!({"email": "amina@example.com"}), "amina").await;
    let (refused, taken) = (server.says(), server.says());
    assert_eq!((&refused["fault"], &refused["headers"]), (&json!("busy"), &taken["headers"]));
    let code = text(&taken["text"]).split(' ').next().unwrap().to_owned();
    verify(&split, &flow, &code).await;
    let flow = register(&split, json!({"phone": PHONE}), "baraka").await;
    let (refused, taken) = (aggregator.says(), aggregator.says());
    assert_eq!((&refused["fault"], &refused["body"]), (&json!(500), &taken["body"]));
    let other = text(&taken["body"]["text"]).split(' ').next().unwrap().to_owned();
    verify(&split, &flow, &other).await;
    assert_eq!(server.says()["headers"]["subject"], "Welcome to Nexgate, amina");
    split.settle().await;

    let log = split.log(NOTIFICATION);
    assert!(log.contains("the mail server: 451 4.3.0") && log.contains("the aggregator: 500 invalid_number"), "{log}");
    for canary in ["amina", "baraka", "712000001", "canary", &code, &other] {
        assert!(!log.contains(canary), "x14: {canary}:\n{log}");
    }
    let settings = settings.each_ref().map(|(name, value)| (*name, value.as_str()));
    let (_, said) = split.beside_with(NOTIFICATION, &settings, &["doctor"]);
    for line in [format!("ok   e-mail: {mail_host}:2525 answers"), format!("ok   SMS: {sms_host}:8080 answers")] {
        assert!(said.contains(&line), "{line}:\n{said}");
    }
    let (ok, said) = split.beside_with(NOTIFICATION, &settings[..2], &["doctor"]);
    assert!(!ok && said.contains("bad  SMS: NEXGATE_SMS_URL is missing"), "{said}");
}

/// Begins a sign-up; its flow.
async fn register(split: &Split, contact: Value, name: &str) -> String {
    let mut body = json!({"display_name": name, "birth_date": "1994-05-17", "username": name});
    body.as_object_mut().unwrap().extend(contact.as_object().unwrap().clone());
    text(&split.anonymous().post("/api/v1/auth/register", body).await.ok()["flow_id"]).to_owned()
}

async fn verify(split: &Split, flow: &str, code: &str) {
    split.anonymous().post("/api/v1/auth/verify", json!({"flow_id": flow, "code": code})).await.ok();
}
