//! `kill -9` of a node, of PostgreSQL, of each of three processes while people buy: afterwards everything is there once.
//!
//! The short form runs in every test run; `cargo xtask test --long` runs many more rounds.

mod follows;

use std::{sync::Arc, time::Duration};

use reqwest::StatusCode;
use serde_json::Value;
use tokio::{runtime::Handle, task::JoinSet};

use crate::{
    own_broker::OwnBroker,
    own_postgres::OwnPostgres,
    place::{Place, Shop},
    running::Running,
    split::{PARTS, Split},
};

/// Buyers at once, purchases of each, and how often something is killed.
struct Form {
    buyers: usize,
    purchases: usize,
    kills: usize,
}

/// `cargo xtask test --long` says so.
fn form() -> Form {
    match std::env::var_os("NEXGATE_TEST_LONG") {
        Some(_) => Form { buyers: 8, purchases: 25, kills: 30 },
        None => Form { buyers: 3, purchases: 2, kills: 2 },
    }
}

/// A platform that is shot at.
trait Target: Place + Send + 'static {
    /// Waits until everything is quiet and no invariant is broken.
    fn must_become_sound(&self) -> impl Future<Output = ()> + Send;
    /// What `nexgate ledger verify` says.
    fn verify(&self) -> (bool, String);
}

impl Target for Running {
    fn must_become_sound(&self) -> impl Future<Output = ()> + Send {
        Running::must_become_sound(self)
    }

    fn verify(&self) -> (bool, String) {
        self.beside(&["ledger", "verify"])
    }
}

impl Target for Split {
    fn must_become_sound(&self) -> impl Future<Output = ()> + Send {
        Split::must_become_sound(self)
    }

    fn verify(&self) -> (bool, String) {
        self.beside(0, &["ledger", "verify"])
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn x3_kill_9_of_the_node_during_the_loop_loses_and_doubles_nothing() {
    under_fire(form(), Running::up(), |node, _| node.kill_and_restart()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn x3_kill_9_of_postgresql_during_the_loop_loses_and_doubles_nothing() {
    under_fire(form(), Running::up(), |node, _| node.kill_postgres()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn x3_kill_9_of_one_process_after_the_other_during_the_loop_loses_and_doubles_nothing() {
    under_fire(form(), Split::open().await, |split, number| {
        let part = number % PARTS.len();
        split.kill(part);
        split.start(part);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn x3_kill_9_of_postgresql_under_three_processes_during_the_loop_loses_and_doubles_nothing() {
    let postgres = Arc::new(OwnPostgres::start());
    let split = Split::on(postgres.database("market").await, postgres.database("notification").await);
    for part in 0..PARTS.len() {
        let (ok, said) = split.beside(part, &["migrate"]);
        assert!(ok, "{said}");
    }
    split.start_all().await;
    let shot = postgres.clone();
    under_fire(form(), split, move |_, _| shot.kill_and_restart()).await;
}

/// Every call must be answered, and not by 5xx.
struct Strict<'a>(&'a Split);

impl Place for Strict<'_> {
    fn base(&self) -> String {
        self.0.base()
    }
    fn client(&self) -> &reqwest::Client {
        self.0.client()
    }
    fn note(&self, answer: Option<&(StatusCode, Value)>) {
        assert!(answer.is_some_and(|(status, _)| !status.is_server_error()), "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn x3_kill_9_of_the_broker_during_the_loop_loses_and_doubles_nothing() {
    let broker = Arc::new(OwnBroker::start());
    let (split, shot) = (Split::open_on(&broker.url).await, broker.clone());
    split.until_all_is_heard().await;
    broker.restart().await;
    nothing_but_delivery_waits(&split, &broker).await;
    // It takes seconds to come up again.
    let form = Form { kills: form().kills / 2, ..form() };
    under_fire(form, split, move |split, _| {
        // It boots longer than anybody is patient: each time it may do some work before it is shot again.
        Handle::current().block_on(async {
            shot.kill_and_wait().await;
            split.until_all_is_heard().await;
        });
    })
    .await;
}

/// While the broker is away people buy as always; what they should hear of comes when it is back.
async fn nothing_but_delivery_waits(split: &Split, broker: &OwnBroker) {
    let (shop, (_, token)) = (Shop::open_as(split, "rehema", 10).await, split.sign_up("early").await);
    shop.top_up(split, &token, "early").await;
    split.must_become_sound().await;
    let death = broker.kill();
    for purchase in 0..5 {
        shop.ship(&Strict(split), &token, &format!("early-{purchase}")).await;
    }
    let waiting = "select count(*) from kernel.outbox where sent_at is null";
    let waiting: i64 = sqlx::query_scalar(waiting).fetch_one(split.owner("commerce")).await.unwrap();
    assert!(waiting >= 5, "{waiting} facts wait: the broker was away");
    death.await;
    split.must_become_sound().await;
    told(split, &token, "commerce.order_shipped", 5).await;
}

async fn under_fire<T: Target>(form: Form, target: T, kill: impl Fn(&T, usize) + Send + Sync + 'static) {
    let target = Arc::new(target);
    let shop = Arc::new(Shop::open(&*target, 1_000).await);
    let mut buyers = Vec::new();
    for number in 0..form.buyers {
        let (_, token) = target.sign_up(&format!("buyer_{number}")).await;
        shop.top_up(&*target, &token, &format!("{number}")).await;
        buyers.push(token);
    }
    let mut busy = JoinSet::new();
    for (number, token) in buyers.iter().cloned().enumerate() {
        let (target, shop) = (target.clone(), shop.clone());
        busy.spawn(async move {
            for purchase in 0..form.purchases {
                shop.buy(&*target, &token, &format!("{number}-{purchase}")).await;
            }
        });
    }
    busy.spawn(fire(target.clone(), form.kills, Arc::new(kill)));
    while let Some(ended) = busy.join_next().await {
        ended.unwrap();
    }
    must_be_once(&*target, &shop, &buyers, form.purchases).await;
}

/// Kills so many times, a little later each time than the one before had recovered.
async fn fire<T: Target>(target: Arc<T>, kills: usize, kill: Arc<impl Fn(&T, usize) + Send + Sync + 'static>) {
    let mut pause = tokio::time::interval(Duration::from_millis(700));
    for number in 0..kills {
        for _ in 0..=number % 3 {
            pause.tick().await;
        }
        let (shot, kill) = (target.clone(), kill.clone());
        tokio::task::spawn_blocking(move || kill(&shot, number)).await.unwrap();
        target.until("/readyz", None, |_| Some(())).await;
    }
}

/// Every purchase is one order, one payment, one notification to each side; the ledger agrees.
async fn must_be_once(target: &impl Target, shop: &Shop, buyers: &[String], purchases: usize) {
    target.must_become_sound().await;
    for token in buyers {
        let orders = target.until("/api/v1/orders?limit=100", Some(token), |json| json["items"].as_array().cloned()).await;
        assert_eq!(orders.len(), purchases);
        told(target, token, "commerce.order_placed", purchases).await;
        told(target, token, "commerce.order_shipped", purchases).await;
        told(target, token, "commerce.order_delivered", purchases).await;
    }
    let all = purchases * buyers.len();
    told(target, &shop.token, "commerce.payment_received", all).await;
    told(target, &shop.token, "payment.escrow_released", all).await;
    // A connection that died with its server may still be met, and is answered 503.
    let held = |json: &Value| json["balances"][0]["held"]["minor"].as_u64();
    let held = target.until("/api/v1/wallet", Some(&shop.token), held).await;
    assert_eq!(held, 950 * all as u64, "95 % of every sale");
    let (ok, said) = target.verify();
    assert!(ok && said.contains("The ledger is sound."), "{said}");
}

/// Waits until somebody has so many notifications of a type, and fails where there are more.
async fn told(target: &impl Target, token: &str, kind: &str, wanted: usize) {
    let (mut cursor, mut count) = (String::new(), 0);
    target.until("/api/v1/notifications/unread-count", Some(token), |json| json["count"].as_u64()).await;
    loop {
        let path = format!("/api/v1/notifications?limit=100{cursor}");
        let page = target.until(&path, Some(token), |json| json["items"].is_array().then(|| json.clone())).await;
        count += page["items"].as_array().unwrap().iter().filter(|item| item["type"] == kind).count();
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(count, wanted, "{kind}");
}
