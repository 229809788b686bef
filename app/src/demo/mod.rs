//! `nexgate demo`: a believable market, played through the public API of a running node in development mode.
//!
//! Whatever is there already is left as it is, so it may be played again, or go on where it broke off.

#![expect(clippy::indexing_slicing, reason = "a JSON value without the field is null, never a panic")]

mod art;
mod canvas;
mod market;
mod orders;
mod people;
mod shapes;
mod shops;
mod visitor;

use market::Market;
use visitor::{Login, Node};

use crate::command::say;

/// Who is shown to whoever looks, and what to look at.
const SHOWN: [(&str, &str); 3] = [
    ("neema", "follows every shop: a full feed, and an order in every state"),
    ("asha", "sells kitenge: orders to accept and to ship, money in escrow"),
    ("juma", "has bought nothing yet and has 200,000 shillings to spend"),
];

/// Plays it at `url`.
pub async fn play(url: &str) -> Result<(), String> {
    let market = Market::read()?;
    let node = Node::at(url)?;
    let cast = people::gather(&node, &market).await?;
    say(&format!("{} people are here.", cast.len()))?;
    let shelves = shops::open(&node, &cast, &market).await?;
    say(&format!("{} shops are open, with {} products.", market.shops.len(), shelves.len()))?;
    shops::post(&node, &cast, &market, &shelves).await?;
    people::follow(&node, &cast, &market).await?;
    orders::deal(&node, &cast, &market, &shelves).await?;
    say(&format!("{} orders stand where they should.", market.orders.len()))?;
    guide(url, &market, &cast)
}

/// Says how to get in, and what there is to see.
fn guide(url: &str, market: &Market, cast: &people::Cast) -> Result<(), String> {
    say(&format!("\nLog in at {url}/login as one of these:"))?;
    for (name, why) in SHOWN {
        say(&format!("  {:24} {}   {why}", people::email(name), market.password))?;
    }
    let neema = cast.get("neema").map(Login::token).unwrap_or_default();
    say(&format!(
        "\nLook at\n  {url}/feed          what they follow\n  {url}/docs          every route, to try out\n  \
         {url}/dev/outbox    every message the platform sent\n\
         and at the feed of Neema as JSON, with a token that is good for ten minutes:\n  curl -s {url}/api/v1/feed -H 'Authorization: Bearer {neema}'"
    ))
}
