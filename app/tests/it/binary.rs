//! The binary as an operator meets it: up, beside, stopped, started again, and refusing what it should.

use std::{io::Write, net::TcpStream};

use reqwest::{Method, StatusCode};
use rustix::process::test_kill_process;
use serde_json::{Value, json};

use crate::{
    place::{Place, Shop},
    running::Running,
};

#[tokio::test(flavor = "multi_thread")]
async fn it_comes_up_on_an_empty_directory_and_again_on_the_same_data() {
    let node = Running::up();
    let page = node.text("/").await;
    for word in ["Nexgate", "/docs", "/dev/outbox", "/signup", "/login"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert_eq!((node.text("/healthz").await.as_str(), node.text("/readyz").await.as_str()), ("ok", "ready"));
    assert!(node.text("/docs/").await.contains("swagger"));
    let (id, _) = node.sign_up("amina").await;
    let postmaster = node.postgres_pid().unwrap();
    assert!(node.stop(), "it ends well when it is told to");
    assert!(test_kill_process(postmaster).is_err(), "and takes its PostgreSQL along");
    node.restart();
    let (status, profile) = node.call(Method::GET, "/api/v1/users/amina", None, None, Value::Null).await.unwrap();
    assert_eq!((status, &profile["id"]), (StatusCode::OK, &json!(id)));
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_run_beside_it_and_a_second_node_on_the_same_data_is_refused() {
    let node = Running::up();
    let (ok, said) = node.beside(&["ledger", "verify"]);
    assert!(ok && said.contains("The ledger is sound."), "{said}");
    let (id, _) = node.sign_up("amina").await;
    let (ok, said) = node.beside(&["admin", "grant", "amina@example.com", "admin"]);
    assert!(ok && said.contains(&format!("{id} is now admin")), "{said}");
    let (ok, said) = node.beside(&["admin", "grant", "nobody@example.com", "admin"]);
    assert!(!ok && said.contains("nexgate: "), "{said}");
    let (ok, said) = node.beside(&["up"]);
    assert!(!ok && !said.contains("panicked"), "{said}");
    assert_eq!(node.text("/readyz").await, "ready", "the first one doesn't mind");
}

#[tokio::test(flavor = "multi_thread")]
async fn n9_outside_development_mode_it_wants_a_master_key_and_a_broker() {
    let node = Running::up();
    assert!(node.stop());
    let (ok, said) = node.beside(&["serve"]);
    assert!(!ok && said.contains("NEXGATE_MASTER_KEY"), "{said}");
    let key = "ab".repeat(32);
    let (ok, said) = node.beside_with(&[("NEXGATE_MASTER_KEY", &key)], &["serve"]);
    assert!(!ok && said.contains("NEXGATE_AMQP_URL"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn x2_a_client_that_hangs_up_in_the_middle_of_paying_changes_nothing() {
    let node = Running::up();
    let shop = Shop::open(&node, 5).await;
    let (_, token) = node.sign_up("baraka").await;
    shop.top_up(&node, &token, "first").await;
    let checkout = shop.check_out(&node, &token, "first").await;
    let path = format!("/api/v1/checkouts/{checkout}/pay");
    // Payment is kept waiting, so that the client is gone in the middle.
    let mut owner = node.database().await;
    sqlx::raw_sql("begin; lock table payment.escrow in exclusive mode").execute(&mut owner).await.unwrap();
    let client = send(&node, &path, &token, "pay-first");
    let paying = |json: &Value| (json["status"] == "paying").then_some(());
    node.until(&format!("/api/v1/checkouts/{checkout}"), Some(&token), paying).await;
    drop(client);
    sqlx::raw_sql("rollback").execute(&mut owner).await.unwrap();
    // Nobody asks again, and the order is there all the same.
    let ordered = |json: &Value| (json["items"].as_array()?.len() == 1).then_some(());
    node.until("/api/v1/orders", Some(&token), ordered).await;
    let resumed = sqlx::query_scalar("select coalesce(max(attempts), 0)::bigint from kernel.job where name = 'resume_payment'");
    assert_eq!(resumed.fetch_one(&mut owner).await.ok(), Some(0_i64), "the request itself went on, not the job after it");
    // The same key again only shows what that request did.
    let (status, paid) = node.insist(Method::POST, &path, Some(&token), "pay-first", json!({"method": "wallet"})).await;
    assert_eq!((status, &paid["status"]), (StatusCode::OK, &json!("paid")), "{paid}");
    let (_, orders) = node.call(Method::GET, "/api/v1/orders", Some(&token), None, Value::Null).await.unwrap();
    assert!(ordered(&orders).is_some(), "{orders}");
    node.must_become_sound().await;
}

/// Sends a whole request and waits for no answer.
fn send(node: &Running, path: &str, token: &str, key: &str) -> TcpStream {
    let body = "{\"method\":\"wallet\"}";
    let mut stream = TcpStream::connect(node.address()).unwrap();
    let head = format!("POST {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n", node.address());
    let head = format!("{head}authorization: Bearer {token}\r\nidempotency-key: {key}\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
    stream
}
