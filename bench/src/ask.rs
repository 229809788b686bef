//! An ask between two nodes at a steady pace, beside a bare server that says hello.

use std::{net::Ipv4Addr, path::Path, time::Duration};

use anyhow::Result;
use axum::{Router, routing::get};
use tokio::{net::TcpListener, task::JoinSet};

use crate::{
    load::{self, Act, Latency},
    people::Person,
    platform::Platform,
    split::Split,
};

const A_SECOND: u64 = 500;

/// Fetches one page.
#[derive(Clone)]
struct Fetch {
    client: reqwest::Client,
    url: String,
}

impl Act for Fetch {
    async fn act(&self, _: usize) -> Result<()> {
        self.client.get(&self.url).send().await?.error_for_status()?.bytes().await?;
        Ok(())
    }
}

/// A product's page, for which commerce asks profile whether the seller may be seen: on the other node, and on its own.
pub async fn beside(split: &mut Split, nexgate: &Path, time: Duration) -> Result<String> {
    split.start()?;
    let path = offered(&split.accounts()?.url("")).await?;
    let apart = paced(split.market()?.url(&path), time).await?;
    split.stop()?;
    let together = {
        let platform = Platform::start(nexgate)?;
        let path = offered(&platform.base()).await?;
        paced(platform.base() + &path, time).await?
    };
    let bare = hello(time).await?;
    let row = |name: &str, took: Latency| format!("\n| {name} | {:.2?} | {:.2?} |", took.p50, took.p99);
    Ok(format!("| at {A_SECOND} a second | p50 | p99 |\n|---|---|---|")
        + &row("product page, its ask answered by another node", apart)
        + &row("the same, all in one node", together)
        + &row("bare hello", bare))
}

/// Where the page of a new product is.
async fn offered(base: &str) -> Result<String> {
    let product = Person::sign_up(base, "seller").await?.offer().await?;
    Ok(format!("/api/v1/products/{product}"))
}

async fn hello(time: Duration) -> Result<Latency> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}/", listener.local_addr()?);
    let mut server = JoinSet::new();
    server.spawn(async { axum::serve(listener, Router::new().route("/", get(async || "hello"))).await });
    paced(url, time).await
}

async fn paced(url: String, time: Duration) -> Result<Latency> {
    let fetch = Fetch { client: reqwest::Client::new(), url };
    // Connections open before anything counts.
    load::paced(fetch.clone(), 1, A_SECOND, time / 4).await?;
    load::paced(fetch, 1, A_SECOND, time).await
}
