//! What callers do over and over, and how they see that it was done.

use std::sync::Arc;

use anyhow::{Result, bail};

use crate::{
    load::Act,
    market::{Market, PASSWORD},
    people::fresh_key,
    wire::{self, Line},
};

/// Posts on a page.
const PAGE: usize = 20;

/// The first page of the viewer's Following feed: twenty posts with their authors and live product cards.
pub struct Feed(pub Market);

impl Act for Feed {
    async fn act(&self, line: &mut Line, turn: usize) -> Result<()> {
        let request = wire::get("/api/v1/feed?tab=following", &self.0.viewer(turn)?.token);
        let page = line.exchange(&request).await?;
        if page.count("\"variant\":\"") != PAGE || page.count("\"published_at\":") != PAGE {
            bail!("a feed without its page: {}", String::from_utf8_lossy(page.bytes()));
        }
        Ok(())
    }

    async fn renew(&mut self) -> Result<()> {
        self.0.renew().await
    }
}

/// The same as a page, compressed, for a browser.
pub struct FeedPage(pub Market);

impl Act for FeedPage {
    async fn act(&self, line: &mut Line, turn: usize) -> Result<()> {
        let page = line.exchange(&wire::open("/feed", &self.0.viewer(turn)?.token)).await?;
        // A login or an empty feed is smaller.
        if page.bytes().len() < LEAST {
            bail!("a feed page of {} bytes", page.bytes().len());
        }
        Ok(())
    }

    async fn renew(&mut self) -> Result<()> {
        self.0.renew().await
    }
}

/// Bytes of a compressed page with twenty posts, at least.
const LEAST: usize = 2_500;

/// One product, seen by somebody who is signed in.
pub struct Product(pub Market);

impl Act for Product {
    async fn act(&self, line: &mut Line, turn: usize) -> Result<()> {
        let path = format!("/api/v1/products/{}", self.0.ware(turn)?.product);
        line.exchange(&wire::get(&path, &self.0.viewer(turn)?.token)).await?.must_say("\"on_sale\":true")
    }

    async fn renew(&mut self) -> Result<()> {
        self.0.renew().await
    }
}

/// The node's icon for the same people: the same HTTP stack with the same layers, and an answer that never changes.
pub struct Front(pub Market);

impl Act for Front {
    async fn act(&self, line: &mut Line, turn: usize) -> Result<()> {
        line.exchange(&wire::get("/assets/0/icon.svg", &self.0.viewer(turn)?.token)).await?.must_say("<svg")
    }

    async fn renew(&mut self) -> Result<()> {
        self.0.renew().await
    }
}

/// A login with a password, from the device the person signed up on.
pub struct LogIn(pub Market);

impl Act for LogIn {
    async fn act(&self, line: &mut Line, turn: usize) -> Result<()> {
        let person = self.0.viewer(turn)?;
        let (email, device) = (&person.email, &person.device);
        let body = format!("{{\"identifier\":\"{email}\",\"password\":\"{PASSWORD}\",\"device\":\"{device}\"}}");
        let from = format!("x-forwarded-for: {}\r\n", person.address);
        line.exchange(&wire::post("/api/v1/auth/login", &from, &body)?).await?.must_say("\"access_token\":\"")
    }
}

/// Checkout and pay: stock held, money moved into escrow, an order placed. All products in turn, or one that everybody wants.
pub struct Pay {
    market: Market,
    body: Arc<dyn Fn(usize) -> Result<String> + Send + Sync>,
}

impl Pay {
    pub fn for_any(market: &Market) -> Self {
        Self::with(market, |turn| turn)
    }

    pub fn for_one(market: &Market) -> Self {
        Self::with(market, |_| 0)
    }

    fn with(market: &Market, which: impl Fn(usize) -> usize + Send + Sync + 'static) -> Self {
        let of = market.clone();
        let body = move |turn| {
            let ware = of.ware(which(turn))?;
            let (variant, post) = (&ware.variant, &ware.post);
            Ok(format!(
                "{{\"source\":{{\"variant_id\":\"{variant}\",\"quantity\":1}},\"post_id\":\"{post}\",\"shipping\":{{\"address\":\
                 {{\"name\":\"Baraka\",\"phone\":\"+255712000001\",\"region\":\"Dar es Salaam\",\"district\":\"Ilala\"}}}}}}"
            ))
        };
        Self { market: market.clone(), body: Arc::new(body) }
    }
}

impl Act for Pay {
    async fn act(&self, line: &mut Line, turn: usize) -> Result<()> {
        let token = &self.market.viewer(turn)?.token;
        let headers = || format!("authorization: Bearer {token}\r\nidempotency-key: {}\r\n", fresh_key());
        let request = wire::post("/api/v1/checkouts", &headers(), &(self.body)(turn)?)?;
        let checkout = line.exchange(&request).await?.text("id")?.to_owned();
        let request = wire::post(&format!("/api/v1/checkouts/{checkout}/pay"), &headers(), "{\"method\":\"wallet\"}")?;
        line.exchange(&request).await?.must_say("\"status\":\"paid\"")
    }

    async fn renew(&mut self) -> Result<()> {
        self.market.renew().await
    }
}
