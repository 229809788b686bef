//! Facts at a real broker, some of them by somebody else's hand: a Python client that speaks AMQP.

use std::process::Stdio;

use axum::{body::Body, http::Request};
use serde_json::{Value, json};
use testkit::Person;

use crate::{
    market::{check_out, notified, sign_up, stall, text, top_up},
    split::Split,
    token::python,
    world::World,
};

/// Reads {url, messages: [{exchange, key, id?, body}]} and publishes each, confirmed and routed.
const PUBLISH: &str = "
import json, sys, pika
given = json.load(sys.stdin)
connection = pika.BlockingConnection(pika.URLParameters(given['url']))
channel = connection.channel()
channel.confirm_delivery()
for one in given['messages']:
    properties = pika.BasicProperties(delivery_mode=2, message_id=one.get('id'), content_type='application/cloudevents+json')
    channel.basic_publish(one['exchange'], one['key'], one['body'].encode(), properties, mandatory=True)
connection.close()
";

/// Reads {url, queue} and prints how many messages wait in it.
const COUNT: &str = "
import json, sys, pika
given = json.load(sys.stdin)
connection = pika.BlockingConnection(pika.URLParameters(given['url']))
print(connection.channel().queue_declare(given['queue'], passive=True).method.message_count)
connection.close()
";

fn waiting_in(split: &Split, queue: &str) -> u64 {
    let said = run(COUNT, &json!({"url": split.broker(), "queue": queue}));
    said.trim().parse().unwrap()
}

pub fn publish(split: &Split, messages: &[Value]) {
    let given = json!({"url": split.broker(), "messages": messages});
    run(PUBLISH, &given);
}

/// Runs a Python program on JSON; what it said.
pub fn run(program: &str, given: &Value) -> String {
    let python = std::process::Command::new(python()).args(["-c", program]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = python.expect("Python runs");
    serde_json::to_writer(child.stdin.take().unwrap(), given).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// A fact as another program would write it.
pub fn fact(id: u128, name: &str, data: &Value) -> Value {
    let id = uuid::Uuid::from_u128(id);
    let body =
        json!({"specversion": "1.0", "id": id, "source": "profile", "type": name, "time": "2026-11-24T08:00:00Z", "data": data});
    json!({"exchange": "nexgate.facts", "key": name, "id": id, "body": body.to_string()})
}

/// The same around data as it is written here.
fn with_data(id: u128, name: &str, data: &str) -> Value {
    let mut fact = fact(id, name, &json!("here"));
    fact["body"] = json!(text(&fact["body"]).replace("\"here\"", data));
    fact
}

fn pair(follower: &Person, followee: &Person, version: i64) -> Value {
    json!({"follower": follower.id, "followee": followee.id, "version": version})
}

async fn parked(split: &Split, reason: &'static str) -> i64 {
    let like = "select count(*) from kernel.inbox where state = 'parked' and reason like $1";
    let mut found = 0;
    for service in ["social", "notification"] {
        found += sqlx::query_scalar::<_, i64>(like).bind(reason).fetch_one(split.owner(service)).await.unwrap();
    }
    found
}

async fn pair_is(split: &Split, follower: &Person, followee: &Person) -> Option<(bool, i64)> {
    sqlx::query_as("select active, version from social.follow where follower = $1 and followee = $2")
        .bind(follower.id.uuid())
        .bind(followee.id.uuid())
        .fetch_optional(split.owner("social"))
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn x3_facts_by_somebody_elses_hand_have_one_effect_and_none_blocks_those_behind_it() {
    let split = Split::open().await;
    let (amina, baraka) = (sign_up(&split, "amina").await, sign_up(&split, "baraka").await);
    // Five times the same, and old news after newer ones.
    let followed = fact(1, "profile.followed.v1", &pair(&baraka, &amina, 7));
    let newest = fact(2, "profile.unfollowed.v1", &pair(&amina, &baraka, 9));
    let older = fact(3, "profile.followed.v1", &pair(&amina, &baraka, 8));
    let mut messages = vec![followed; 5];
    messages.extend([newest, older]);
    // What isn't a fact, is of an unknown version, holds what can't be kept, or says nothing its hearers understand.
    let key = "profile.followed.v1";
    let later = fact(4, "profile.followed.v9", &pair(&baraka, &amina, 1));
    messages.extend([
        json!({"exchange": "nexgate.facts", "key": key, "body": "this is no JSON"}),
        json!({"exchange": "nexgate.facts", "key": key, "body": "{\"no\": \"fact \\u0000\"}"}),
        json!({"exchange": "", "key": "nexgate.social", "id": later["id"], "body": later["body"]}),
        with_data(9, key, "{\"follower\":\"\\ud800\"}"),
        with_data(10, key, "1e999"),
        with_data(11, key, &format!("{}{}", "[".repeat(200), "]".repeat(200))),
        fact(5, key, &json!({"follower": "nobody"})),
        fact(6, key, &json!({"follower": "a\u{0}b"})),
    ]);
    // A code that nobody sealed.
    let expires_at = "2036-11-24T08:00:00Z";
    let forged = json!({"flow": "flw_00000000000000000000000001", "purpose": "login", "channel": "email",
        "to": "amina@example.com", "code": "000000", "locale": "en", "expires_at": expires_at});
    messages.push(fact(7, "auth.code_issued.v1", &forged));
    // And behind all of them one that is as it should be.
    messages.push(fact(8, "profile.followed.v1", &pair(&amina, &baraka, 11)));
    publish(&split, &messages);
    split.until_heard("social", &[1, 2, 3, 8]).await;
    split.until_heard("notification", &[1, 8]).await;
    assert_eq!(pair_is(&split, &baraka, &amina).await, Some((true, 7)));
    assert_eq!(pair_is(&split, &amina, &baraka).await, Some((true, 11)));
    let told = notified(&amina).await;
    assert_eq!(told.iter().filter(|kind| *kind == "profile.new_follower").count(), 1, "{told:?}");
    // Unreadable messages are parked at once, by each of the two that hear followed.
    assert_eq!(parked(&split, "%expected ident%").await, 2, "no JSON");
    assert_eq!(parked(&split, "%missing field `specversion`%").await, 2, "no fact");
    for unkeepable in ["%hex escape%", "%number out of range%", "%recursion limit%"] {
        assert_eq!(parked(&split, unkeepable).await, 2, "{unkeepable}");
    }
    // What may be heard later waits, an unknown version for a node that knows it, and the forged code waits with it: no code was sent.
    for (service, id, reason) in [
        ("social", 4, "%profile.followed.v9 isn't heard here%"),
        ("social", 5, "%an id that starts with usr_%"),
        ("notification", 6, "%an id that starts with usr_%"),
        ("notification", 7, "%isn't sealed as it should be%"),
    ] {
        let kept = "select count(*) from kernel.inbox where service = $1 and fact = $2 and state = 'waiting' and reason like $3";
        let kept = sqlx::query_scalar::<_, i64>(kept).bind(service).bind(uuid::Uuid::from_u128(id)).bind(reason);
        assert_eq!(kept.fetch_one(split.owner(service)).await.unwrap(), 1, "{service} {id}");
    }
    let sent = amina.get("/dev/outbox?to=amina@example.com").await.ok().to_string();
    assert!(!sent.contains("000000"), "{sent}");
    // Nobody comes who knows it.
    let aged = "update kernel.inbox set not_before = not_before - interval '2 hours' where name = 'profile.followed.v9'";
    sqlx::query(aged).execute(split.owner("social")).await.unwrap();
    split.until_parked("social", 6).await;
    // Whoever runs it sees the reasons, and gives them another round.
    let (ok, said) = split.beside(1, &["facts", "parked", "social"]);
    assert!(ok && said.contains("profile.followed.v9 isn't heard here") && said.contains("6 parked"), "{said}");
    let (ok, said) = split.beside(1, &["facts", "replay", "social"]);
    assert!(ok && said.contains("6 parked facts are tried again"), "{said}");
    // The unknown one has its two hours again.
    split.until_parked("social", 5).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_killed_six_times_with_facts_in_hand_parks_none_of_them() {
    const FACTS: u128 = 300;
    let split = Split::open().await;
    let (amina, baraka) = (sign_up(&split, "amina").await, sign_up(&split, "baraka").await);
    split.settle().await;
    // Whoever keeps pairs has to wait, its facts in hand.
    let mut held = split.owner("social").acquire().await.unwrap();
    sqlx::raw_sql("begin; lock table social.follow in access exclusive mode").execute(&mut *held).await.unwrap();
    let version = |id: u128| i64::try_from(id).unwrap();
    let followed = |id| fact(id, "profile.unfollowed.v1", &pair(&baraka, &amina, version(id)));
    publish(&split, &(1..=FACTS).map(followed).collect::<Vec<_>>());
    for _ in 0..6 {
        split.until_blocked("social").await;
        split.kill(1);
        // PostgreSQL doesn't notice yet, and would go on waiting for it.
        split.end_blocked("social").await;
        split.start(1);
    }
    sqlx::raw_sql("rollback").execute(&mut *held).await.unwrap();
    split.until_heard("social", &(1..=FACTS).collect::<Vec<_>>()).await;
    assert_eq!(pair_is(&split, &baraka, &amina).await, Some((false, version(FACTS))));
    let failed = "select count(*) from kernel.inbox where attempts > 0 or state <> 'done'";
    assert_eq!(sqlx::query_scalar::<_, i64>(failed).fetch_one(split.owner("social")).await.unwrap(), 0);
    assert_eq!(waiting_in(&split, "nexgate.dead"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn x13_neither_the_broker_nor_the_outbox_ever_sees_a_code_or_a_contact() {
    let split = Split::open().await;
    let amina = sign_up(&split, "amina").await;
    let sent = split.anonymous().get("/dev/outbox?to=amina@example.com").await.ok();
    let code = text(&sent["items"].as_array().unwrap().last().unwrap()["data"]["code"]).to_owned();
    for (service, canary) in [("auth", code.as_str()), ("auth", "amina@example.com"), ("notification", code.as_str())] {
        let seen = "select (select count(*) from kernel.outbox o where o::text like $1) + (select count(*) from kernel.inbox i where i::text like $1)";
        let seen: i64 = sqlx::query_scalar(seen).bind(format!("%{canary}%")).fetch_one(split.owner(service)).await.unwrap();
        assert_eq!(seen, 0, "{service} {canary}");
    }
    let blanked = "select count(*) from kernel.outbox where body ->> 'code' = 'sealed:'";
    assert_eq!(sqlx::query_scalar::<_, i64>(blanked).fetch_one(split.owner("auth")).await.unwrap(), 1);
    assert_eq!(amina.get("/api/v1/users/me").await.ok()["username"], "amina");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_forwarded_asked_and_told_is_one_trace() {
    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    let split = Split::open().await;
    let stall = stall(&split, "amina", 1).await;
    let buyer = sign_up(&split, "baraka").await;
    top_up(&split, &buyer, 1_250_000).await;
    let checkout = check_out(&buyer, &stall).await;
    // In by the first process, forwarded to the market, which asks the first one to hold the money and tells the third.
    let pay = Request::post(format!("/api/v1/checkouts/{}/pay", text(&checkout["id"])))
        .header("authorization", format!("Bearer {}", buyer.token.as_deref().unwrap()))
        .header("idempotency-key", "traced")
        .header("content-type", "application/json")
        .header("traceparent", format!("00-{TRACE}-00f067aa0ba902b7-01"));
    buyer.send(pay.body(Body::from("{\"method\": \"wallet\"}")).unwrap()).await.ok();
    split.settle().await;
    for (part, span) in [(0, "request{"), (1, "request{"), (0, "ask{"), (2, "fact{")] {
        let log = split.log(part);
        let seen = log.lines().any(|line| line.contains(span) && line.contains(TRACE));
        assert!(seen, "{span} of part {part}:\n{log}");
    }
}
