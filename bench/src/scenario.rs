//! The scenarios, each with its limit.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use anyhow::{Context, Result};
use serde_json::json;

use crate::{
    limit::{self, Script},
    load::{self, Act, Latency, Measured},
    people::{Market, text},
    platform::Platform,
};

pub const HEADER: &str =
    "| scenario | a second | limit | a second | ratio | p50 at half | p99 at half |\n|---|---|---|---|---|---|---|";

/// A key nobody has used in this run.
pub fn fresh_key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("bench-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The first page of a Following feed: twenty posts with authors and live cards.
#[derive(Clone)]
struct Feed(Market);

impl Act for Feed {
    async fn act(&self, caller: usize) -> Result<()> {
        let feed = self.0.buyer(caller)?.get("/api/v1/feed?tab=following").await?;
        feed["items"].as_array().filter(|items| items.len() == 20).map(drop).context("a feed without its page")
    }
}

/// Checkout and pay: stock held, money moved into escrow, an order placed.
#[derive(Clone)]
struct Pay(Market);

impl Act for Pay {
    async fn act(&self, caller: usize) -> Result<()> {
        let buyer = self.0.buyer(caller)?;
        let body = json!({"source": {"variant_id": self.0.variant, "quantity": 1}, "post_id": self.0.post,
            "shipping": {"address": {"name": "Baraka", "phone": "+255712000001", "region": "Dar es Salaam", "district": "Ilala"}}});
        let checkout = buyer.post("/api/v1/checkouts", body).await?;
        let path = format!("/api/v1/checkouts/{}/pay", text(&checkout["id"])?);
        let paid = buyer.post(&path, json!({"method": "wallet"})).await?;
        (paid["status"] == "paid").then_some(()).context("paid without being paid")
    }
}

pub async fn feed(market: &Market, platform: &Platform, time: Duration) -> Result<String> {
    beside("feed page", Feed(market.clone()), Script::SelectOnly, market, platform, time).await
}

pub async fn pay(market: &Market, platform: &Platform, time: Duration) -> Result<String> {
    beside("checkout + pay", Pay(market.clone()), Script::TpcbLike, market, platform, time).await
}

async fn beside(
    name: &str,
    act: impl Act,
    script: Script,
    market: &Market,
    platform: &Platform,
    time: Duration,
) -> Result<String> {
    let callers = market.buyers.len();
    let limit = limit::pgbench(platform, script, callers, time)?;
    let Measured { saturation, at_half: Latency { p50, p99 } } = load::measure(act, callers, time).await?;
    let permille = saturation * 1000 / limit.max(1);
    let (whole, rest) = (permille / 1000, permille % 1000);
    Ok(format!("| {name} | {saturation} | pgbench {} | {limit} | {whole}.{rest:03} | {p50:.1?} | {p99:.1?} |", script.name()))
}
