//! `kill -9` of the node while people follow each other: what is counted is what is so.

use std::sync::Arc;

use reqwest::{Method, StatusCode};
use serde_json::Value;
use tokio::task::JoinSet;

use super::fire;
use crate::{place::Place, running::Running};

/// How many people follow everybody else and stop again, how often, and how often the node is killed meanwhile.
struct Form {
    people: usize,
    rounds: usize,
    kills: usize,
}

/// The long form makes 10,080 changes.
fn form() -> Form {
    match std::env::var_os("NEXGATE_TEST_LONG") {
        Some(_) => Form { people: 15, rounds: 48, kills: 20 },
        None => Form { people: 5, rounds: 10, kills: 2 },
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn p2_counts_agree_with_a_recount_after_kill_9_while_people_follow_each_other() {
    let (form, node) = (form(), Arc::new(Running::up()));
    let mut people = Vec::new();
    for number in 0..form.people {
        people.push(node.sign_up(&format!("person_{number}")).await);
    }
    let mut busy = JoinSet::new();
    for (me, token) in people.clone() {
        let (node, others) = (node.clone(), people.clone());
        busy.spawn(async move {
            for round in 0..form.rounds {
                for (other, _) in others.iter().filter(|(other, _)| *other != me) {
                    let method = if round % 2 == 0 { Method::PUT } else { Method::DELETE };
                    let path = format!("/api/v1/users/{other}/follow");
                    let (status, said) = node.insist(method, &path, Some(&token), "none", Value::Null).await;
                    assert_eq!(status, StatusCode::NO_CONTENT, "{said}");
                }
            }
            // Everybody follows the first in the end, and nobody else.
            let (first, _) = &others[0];
            if *first != me {
                let path = format!("/api/v1/users/{first}/follow");
                node.insist(Method::PUT, &path, Some(&token), "none", Value::Null).await;
            }
        });
    }
    busy.spawn(fire(node.clone(), form.kills, Arc::new(|node: &Running, _| node.kill_and_restart())));
    while let Some(ended) = busy.join_next().await {
        ended.unwrap();
    }
    // That counts agree with the follows is among the invariants.
    node.must_become_sound().await;
    for (number, (id, _)) in people.iter().enumerate() {
        let profile = node.until(&format!("/api/v1/users/{id}"), None, |json| json["id"].is_string().then(|| json.clone())).await;
        let wanted = if number == 0 { (form.people as u64 - 1, 0) } else { (0, 1) };
        assert_eq!((profile["followers"].as_u64(), profile["following"].as_u64()), (Some(wanted.0), Some(wanted.1)), "{profile}");
    }
    let odd = "select count(*) from profile.tie where version <> $1 and version <> $1 + 1";
    let odd: i64 =
        sqlx::query_scalar(odd).bind(i64::try_from(form.rounds).unwrap()).fetch_one(&mut node.database().await).await.unwrap();
    assert_eq!(odd, 0, "a change was lost or made twice");
}
