//! An ask between two nodes at a steady pace, beside a bare server that says hello.

use std::{net::Ipv4Addr, time::Duration};

use anyhow::Result;
use axum::{Router, routing::get};
use tokio::{net::TcpListener, task::JoinSet};

use crate::{
    load::{self, Act, Latency},
    people::Person,
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

/// A product's page, for which commerce asks profile on the other node whether the seller may be seen.
pub async fn beside(split: &mut Split, time: Duration) -> Result<String> {
    split.start()?;
    let seller = Person::sign_up(&split.accounts()?.url(""), "seller").await?;
    let product = seller.offer().await?;
    let ours = paced(split.market()?.url(&format!("/api/v1/products/{product}")), time).await?;
    split.stop()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}/", listener.local_addr()?);
    let mut server = JoinSet::new();
    server.spawn(async { axum::serve(listener, Router::new().route("/", get(async || "hello"))).await });
    let bare = paced(url, time).await?;
    Ok(format!(
        "| at {A_SECOND} a second | p50 | p99 |\n|---|---|---|\n\
         | product page with one ask to another node | {:.2?} | {:.2?} |\n| bare hello | {:.2?} | {:.2?} |",
        ours.p50, ours.p99, bare.p50, bare.p99
    ))
}

async fn paced(url: String, time: Duration) -> Result<Latency> {
    let fetch = Fetch { client: reqwest::Client::new(), url };
    // Connections open before anything counts.
    load::paced(fetch.clone(), 1, A_SECOND, time / 4).await?;
    load::paced(fetch, 1, A_SECOND, time).await
}
