//! An ask between two nodes at a steady pace, beside the same in one node and a bare server that says hello.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    time::Duration,
};

use anyhow::{Context, Result};
use axum::{Router, routing::get};
use reqwest::Client;
use tokio::{net::TcpListener, task::JoinSet};

use crate::{
    cpu::Watched,
    load::{Act, Latency, Load},
    market::{offer, open_shop},
    people::{Person, SignUp},
    platform::Platform,
    report::millis,
    split::Split,
    turns::{Plan, Spread},
    wire::Line,
};

const A_SECOND: f64 = 500.0;

/// Fetches one page.
struct Fetch(Vec<u8>);

impl Act for Fetch {
    async fn act(&self, line: &mut Line, _: usize) -> Result<()> {
        line.exchange(&self.0).await.map(drop)
    }
}

/// A page, and how long it took in each round.
struct Asked {
    name: &'static str,
    load: Load<Fetch>,
    took: Vec<Latency>,
}

/// A product's page, for which commerce asks profile whether the seller may be seen: on the other node, and on its own.
pub async fn beside(split: &mut Split, nexgate: &Path, plan: Plan) -> Result<String> {
    split.start()?;
    let platform = Platform::start(nexgate)?;
    let apart = Fetch(offered(&split.accounts()?.url("")).await?);
    let together = Fetch(offered(&platform.base()).await?);
    let (hello, _server) = hello().await?;
    let page = |name, fetch, at: SocketAddr| {
        let load = Load::new(fetch, at, Watched::default(), plan.callers);
        Asked { name, load, took: Vec::new() }
    };
    let mut pages = [
        page("product page, its ask answered by another node", apart, split.market()?.socket()?),
        page("the same, all in one node", together, platform.address()?),
        page("bare hello", Fetch(request("/")), hello),
    ];
    for page in &mut pages {
        page.load.paced(A_SECOND, plan.time / 4).await?;
    }
    for _ in 0..plan.rounds {
        for page in &mut pages {
            page.took.push(page.load.paced(A_SECOND, plan.time).await?);
        }
    }
    split.stop()?;
    let rows = pages.iter().map(Asked::row).collect::<Result<String>>()?;
    Ok(format!("| at {A_SECOND} a second | p50 | p99 |\n|---|---|---|{rows}"))
}

impl Asked {
    fn row(&self) -> Result<String> {
        let took = |which: fn(&Latency) -> Duration| {
            let Spread { median, least, most } = Spread::of(self.took.iter().map(|took| which(took).as_secs_f64()))?;
            let [median, least, most] = [median, least, most].map(|seconds| millis(Duration::from_secs_f64(seconds)));
            anyhow::Ok(format!("{median} ({least}–{most})"))
        };
        let (p50, p99) = (took(|took| took.p50)?, took(|took| took.p99)?);
        Ok(format!("\n| {} | {p50} | {p99} |", self.name))
    }
}

/// A request for the page of a new product.
async fn offered(base: &str) -> Result<Vec<u8>> {
    let wish = SignUp { username: "seller", display_name: "Seller", password: None };
    let seller = Person::sign_up(&Client::new(), base, wish).await?;
    let shop = open_shop(&seller, "bench_shop").await?;
    let (product, _) = offer(&seller, &shop, 0, &[]).await?;
    Ok(request(&format!("/api/v1/products/{product}")))
}

fn request(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: bench\r\n\r\n").into_bytes()
}

async fn hello() -> Result<(SocketAddr, JoinSet<std::io::Result<()>>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr().context("no address")?;
    let mut server = JoinSet::new();
    server.spawn(async { axum::serve(listener, Router::new().route("/", get(async || "hello"))).await });
    Ok((address, server))
}
