//! A new version comes in one node after the other, and nobody who buys meanwhile notices.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use reqwest::{Method, StatusCode};
use serde_json::Value;
use tokio::task::JoinSet;

use crate::{
    place::{Place, Shop},
    split::Split,
};

/// A proxy before two equal nodes: it looks every 100 ms who is ready, and sends everybody to one of those.
struct Proxy {
    split: Split,
    ready: [AtomicBool; 2],
    turn: AtomicUsize,
    /// Calls nobody answered, or with 5xx.
    failed: AtomicUsize,
    /// Looks that found a node leaving.
    away: AtomicUsize,
    over: AtomicBool,
}

impl Proxy {
    async fn look(self: Arc<Self>) {
        let mut pause = tokio::time::interval(Duration::from_millis(100));
        while !self.over.load(Ordering::Relaxed) {
            pause.tick().await;
            for part in 0..2 {
                let ready = self.split.is_ready(part).await;
                self.ready[part].store(ready, Ordering::Relaxed);
                self.away.fetch_add(usize::from(!ready), Ordering::Relaxed);
            }
        }
    }
}

impl Place for Proxy {
    fn base(&self) -> String {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) % 2;
        let part = if self.ready[turn].load(Ordering::Relaxed) { turn } else { 1 - turn };
        self.split.base_of(part)
    }

    fn client(&self) -> &reqwest::Client {
        self.split.client()
    }

    fn note(&self, answer: Option<&(StatusCode, Value)>) {
        let failed = answer.is_none_or(|(status, _)| status.is_server_error());
        self.failed.fetch_add(usize::from(failed), Ordering::Relaxed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_rolling_restart_fails_no_request() {
    let proxy = Arc::new(Proxy {
        split: Split::open_equal().await,
        ready: [const { AtomicBool::new(true) }; 2],
        turn: AtomicUsize::new(0),
        failed: AtomicUsize::new(0),
        away: AtomicUsize::new(0),
        over: AtomicBool::new(false),
    });
    let mut looking = JoinSet::new();
    looking.spawn(proxy.clone().look());
    let shop = Arc::new(Shop::open(&*proxy, 1_000).await);
    let mut buyers = JoinSet::new();
    for number in 0..3 {
        let (_, token) = proxy.sign_up(&format!("buyer_{number}")).await;
        shop.top_up(&*proxy, &token, &format!("{number}")).await;
        let (proxy, shop) = (proxy.clone(), shop.clone());
        buyers.spawn(async move {
            let mut bought = 0;
            while !proxy.over.load(Ordering::Relaxed) {
                shop.buy(&*proxy, &token, &format!("{number}-{bought}")).await;
                bought += 1;
            }
            bought
        });
    }
    for part in 0..2 {
        let leaving = proxy.clone();
        assert!(tokio::task::spawn_blocking(move || leaving.split.stop(part)).await.unwrap(), "{}", proxy.split.log(part));
        proxy.split.start(part);
        proxy.split.wait_until_ready(part).await;
        proxy.until("/readyz", None, |_| proxy.ready[part].load(Ordering::Relaxed).then_some(())).await;
    }
    proxy.over.store(true, Ordering::Relaxed);
    let bought: i64 = buyers.join_all().await.into_iter().sum();
    looking.join_all().await;
    assert_eq!(proxy.failed.load(Ordering::Relaxed), 0, "of {bought} purchases, every call was answered");
    assert!(bought > 0 && proxy.away.load(Ordering::Relaxed) > 0);
    proxy.split.must_become_sound().await;
    let (ok, said) = proxy.split.beside(0, &["ledger", "verify"]);
    assert!(ok && said.contains("The ledger is sound."), "{said}");
    let (status, _) = proxy.call(Method::GET, "/healthz", None, None, Value::Null).await.unwrap();
    assert_eq!(status, StatusCode::OK);
}
