//! What is private is planted through the whole core loop and everything that can go wrong in it, and searched for in all that
//! whoever runs the platform sees.

mod plant;
mod search;

use serde_json::json;

use self::{plant::Plant, search::Needles};
use crate::{broker::run, split::Split, world::World};

/// Declares a queue of its own for every fact there is.
const LISTEN: &str = "
import json, sys, pika
given = json.load(sys.stdin)
connection = pika.BlockingConnection(pika.URLParameters(given['url']))
channel = connection.channel()
channel.queue_declare('canaries', durable=True, arguments={'x-queue-type': 'quorum'})
channel.queue_bind('canaries', 'nexgate.facts', '#')
connection.close()
";

/// Prints every message of that queue with its headers.
const HEARD: &str = "
import json, sys, pika
given = json.load(sys.stdin)
connection = pika.BlockingConnection(pika.URLParameters(given['url']))
channel = connection.channel()
while True:
    method, properties, body = channel.basic_get('canaries', auto_ack=True)
    if method is None: break
    print(method.routing_key, properties, body.decode())
connection.close()
";

#[tokio::test(flavor = "multi_thread")]
async fn x14_nothing_private_is_in_a_log_a_metric_or_a_word_to_the_operator() {
    let split = Split::open_talking().await;
    run(LISTEN, &json!({"url": split.broker()}));
    let mut plant = Plant::begin(&split).await;
    plant.the_loop(&split).await;
    plant.bad_input(&split).await;
    plant.refused(&split).await;
    plant.a_database_that_refuses(&split).await;
    // Before anything forged is among the facts: no code, contact, address or word of anybody's reaches the broker (X13).
    split.settle().await;
    let told = run(HEARD, &json!({"url": split.broker()}));
    for name in ["auth.code_issued.v1", "auth.contacts_changed.v1", "commerce.order_shipped.v1", "payment.payment_failed.v1"] {
        assert!(told.contains(name), "{name} was told");
    }
    let secret = plant.needles.but(plant::SHOWN_TO_MANY);
    assert_eq!(secret.found_in("the broker", &told), Vec::<String>::new());
    plant.facts_by_another_hand(&split).await;

    let mut seen = Vec::new();
    for part in 0..crate::split::PARTS.len() {
        seen.push((format!("the log of process {part}"), split.log(part)));
        seen.push((format!("the metrics of process {part}"), split.metrics(part).await));
        seen.push((format!("the doctor of process {part}"), split.beside(part, &["doctor"]).1));
        seen.push((format!("the parked facts of process {part}"), split.beside(part, &["facts", "parked"]).1));
    }
    must_have_been_seen(&seen);
    let found: Vec<String> = seen.iter().flat_map(|(place, text)| plant.needles.found_in(place, text)).collect();
    assert!(found.is_empty(), "{} found\n{}", found.len(), found.join("\n"));
}

/// Nothing is found where nothing is said: all of this was.
fn must_have_been_seen(seen: &[(String, String)]) {
    let all: String = seen.iter().map(|(_, text)| text.as_str()).collect();
    for word in [
        "DEBUG",
        "db.statement",
        "answered",
        "request failed",
        "job failed",
        "fact failed",
        "a message was parked",
        "a fact is left to another node",
        "nexgate_http_seconds",
        "nexgate_pool_connections",
        " tries: ",
        "facts parked",
    ] {
        assert!(all.contains(word), "nobody said {word:?}");
    }
}

#[test]
fn what_is_searched_for_is_found_in_whatever_form_it_is_written() {
    let needles = Needles::of(&["kanari_amina@example.com", "482913", "eyJh.eyJz.c2lnbmF0dXJl"]);
    for text in [
        "to=kanari_amina@example.com",
        "To=KANARI_Amina@Example.com",
        "[107, 97, 110, 97, 114, 105, 95, 97, 109, 105, 110, 97, 64, 101, 120, 97, 109, 112, 108, 101, 46, 99, 111, 109]",
        "kanari_amina%40example.com",
        "code: \"482913\"",
        "code=482913 more",
        "bearer eyJh.eyJz.c2lnbmF0dXJl",
        "the signature c2lnbmF0dXJl alone",
    ] {
        assert_eq!(needles.found_in("here", text).len(), 1, "{text}");
    }
    for text in
        ["amina@example.com", "micros=482913 status=200", "2026-11-24T08:00:00.482913Z", "0.482913", "1482913", "a482913b"]
    {
        assert_eq!(needles.found_in("here", text), Vec::<String>::new(), "{text}");
    }
}
