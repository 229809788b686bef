//! A market to load: one seller with a product and posts, and callers who follow the seller and have money.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::platform::Platform;

/// More than one page.
const POSTS: usize = 40;
const STOCK: u64 = 10_000_000;
/// Ten shillings, so that a wallet lasts.
const PRICE: u64 = 1_000;
const TOP_UP: u64 = 500_000_000;
const PATIENCE: Duration = Duration::from_mins(1);

/// Somebody who calls the API.
#[derive(Clone)]
pub struct Person {
    client: Client,
    base: Arc<str>,
    token: String,
    id: String,
}

/// Everybody and everything a scenario needs.
#[derive(Clone)]
pub struct Market {
    pub buyers: Arc<[Person]>,
    pub variant: String,
    pub post: String,
}

impl Market {
    pub async fn open(platform: &Platform, callers: usize) -> Result<Self> {
        let base = platform.base();
        let seller = Person::sign_up(&base, "seller").await?;
        let product = seller.offer().await?;
        let seen = seller.get(&format!("/api/v1/products/{product}")).await?;
        let variant = text(&seen["variants"][0]["id"])?.to_owned();
        let mut post = Value::Null;
        for number in 0..POSTS {
            let body = json!({"type": "product", "text": format!("Pens, batch {number}"), "product_id": product});
            post = seller.post("/api/v1/posts", body).await?;
        }
        let mut buyers = Vec::new();
        for number in 0..callers {
            let buyer = Person::sign_up(&base, &format!("buyer_{number}")).await?;
            buyer.follow(&seller.id).await?;
            buyer.top_up().await?;
            buyers.push(buyer);
        }
        let market = Self { buyers: buyers.into(), variant, post: text(&post["id"])?.to_owned() };
        market
            .buyer(callers - 1)?
            .until("/api/v1/feed", |feed| feed["items"].as_array().is_some_and(|items| items.len() == 20))
            .await?;
        Ok(market)
    }

    pub fn buyer(&self, caller: usize) -> Result<&Person> {
        self.buyers.get(caller).context("no such caller")
    }
}

impl Person {
    /// Opens an account at the node with the address `base`.
    pub async fn sign_up(base: &str, name: &str) -> Result<Self> {
        let mut person = Self { client: Client::new(), base: base.into(), token: String::new(), id: String::new() };
        let email = format!("{name}@example.com");
        let body = json!({"email": email, "display_name": name, "birth_date": "1994-05-17", "username": name});
        let flow = person.post("/api/v1/auth/register", body).await?;
        let outbox =
            person.until(&format!("/dev/outbox?to={email}"), |json| json["items"][0]["data"]["code"].is_string()).await?;
        let body = json!({"flow_id": flow["flow_id"], "code": outbox["items"][0]["data"]["code"]});
        let tokens = person.post("/api/v1/auth/verify", body).await?;
        (person.id, person.token) = (text(&tokens["user_id"])?.to_owned(), text(&tokens["access_token"])?.to_owned());
        Ok(person)
    }

    /// Opens a shop with a product in it; the product's id.
    pub async fn offer(&self) -> Result<String> {
        let shop = self.post("/api/v1/shops", json!({"name": "Bench", "handle": "bench_shop"})).await?;
        let product = json!({"name": "Pen", "description": "Blue", "kind": "physical", "stock": STOCK,
            "price": {"minor": PRICE, "currency": "TZS"}});
        let product = self.post(&format!("/api/v1/shops/{}/products", text(&shop["id"])?), product).await?;
        Ok(text(&product["id"])?.to_owned())
    }

    async fn follow(&self, id: &str) -> Result<()> {
        self.call(Method::PUT, &format!("/api/v1/users/{id}/follow"), None).await.map(drop)
    }

    async fn top_up(&self) -> Result<()> {
        let body = json!({"amount": {"minor": TOP_UP, "currency": "TZS"}, "method": "sandbox"});
        let top_up = self.post("/api/v1/wallet/top-ups", body).await?;
        self.until(&format!("/api/v1/wallet/top-ups/{}", text(&top_up["id"])?), |json| json["status"] == "settled")
            .await
            .map(drop)
    }

    pub async fn get(&self, path: &str) -> Result<Value> {
        self.call(Method::GET, path, None).await
    }

    /// Posts under a fresh idempotency key.
    pub async fn post(&self, path: &str, body: Value) -> Result<Value> {
        self.call(Method::POST, path, Some(body)).await
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        let mut request = self.client.request(method, format!("{}{path}", self.base)).header("accept", "application/json");
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(body) = body {
            request = request.header("idempotency-key", crate::scenario::fresh_key()).json(&body);
        }
        let answer = request.send().await?;
        let status = answer.status();
        if !status.is_success() {
            bail!("{path}: {status} {}", answer.text().await?);
        }
        if status == StatusCode::NO_CONTENT { Ok(Value::Null) } else { Ok(answer.json().await?) }
    }

    /// Looks until what was asked for has happened.
    async fn until(&self, path: &str, found: impl Fn(&Value) -> bool) -> Result<Value> {
        let begun = Instant::now();
        loop {
            let json = self.get(path).await?;
            if found(&json) {
                return Ok(json);
            }
            if begun.elapsed() > PATIENCE {
                bail!("{path} never showed it");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

pub fn text(value: &Value) -> Result<&str> {
    value.as_str().with_context(|| format!("not a text: {value}"))
}
