//! Everybody signs up once, and follows.

use std::collections::BTreeMap;

use serde_json::json;

use super::{
    market::{Market, Person},
    visitor::{Login, Node, login},
};

/// Those who are signed in, by username.
pub type Cast = BTreeMap<String, Login>;

/// What the one has to spend who has bought nothing yet, in minor units.
const PURSE: i64 = 20_000_000;

pub fn email(name: &str) -> String {
    format!("{name}@demo.example")
}

/// Signs everybody up who isn't here, and in.
pub async fn gather(node: &Node, market: &Market) -> Result<Cast, String> {
    let mut cast = Cast::new();
    for person in market.people.iter().chain(market.shops.iter().map(|shop| &shop.owner)) {
        cast.insert(person.name.clone(), enter(node, person, &market.password).await?);
    }
    fill(node, find(&cast, "juma")?, PURSE).await?;
    Ok(cast)
}

async fn enter(node: &Node, person: &Person, password: &str) -> Result<Login, String> {
    let (name, address) = (&person.name, email(&person.name));
    let username = node.find(None, &format!("usernames/{name}")).await?;
    if username.is_some_and(|username| username["free"] != true) {
        let back = node.log_in(&address, password).await;
        return back.map_err(|refused| format!("somebody else is called {name} here, and the demo wants that name: {refused}"));
    }
    let body = json!({"email": address, "password": password, "username": name, "display_name": person.shown,
        "birth_date": person.birth});
    let begun = node.post(None, "auth/register", "register", &body).await?;
    let code = node.code_for(&address).await?;
    login(&node.post(None, "auth/verify", "verify", &json!({"flow_id": begun["flow_id"], "code": code})).await?)
}

/// Somebody of the market.
pub fn find<'a>(cast: &'a Cast, name: &str) -> Result<&'a Login, String> {
    cast.get(name).ok_or_else(|| format!("nobody is called {name}"))
}

/// Sees to it that somebody has at least so much to spend.
pub async fn fill(node: &Node, who: &Login, minor: i64) -> Result<(), String> {
    let available = |wallet: &serde_json::Value| {
        let balances = wallet["balances"].as_array().into_iter().flatten();
        balances
            .filter(|balance| balance["currency"] == "TZS")
            .filter_map(|balance| balance["available"]["minor"].as_i64())
            .sum::<i64>()
    };
    let has = available(&node.get(who, "wallet").await?);
    if has >= minor {
        return Ok(());
    }
    let amount = json!({"amount": {"minor": minor - has, "currency": "TZS"}, "method": "sandbox"});
    let top_up = node.post(Some(who), "wallet/top-ups", &format!("demo-top-up-{}-{has}-{minor}", who.id), &amount).await?;
    node.until(who, &format!("wallet/top-ups/{}", top_up["id"].as_str().unwrap_or_default()), |top_up| {
        top_up["status"] == "settled"
    })
    .await?;
    node.until(who, "wallet", |wallet| available(wallet) >= minor).await.map(drop)
}

/// Neema follows every shop's owner, the others some of them; following twice is following once.
pub async fn follow(node: &Node, cast: &Cast, market: &Market) -> Result<(), String> {
    for (place, person) in market.people.iter().enumerate() {
        let who = find(cast, &person.name)?;
        let follows_all = person.name == "neema";
        for (number, shop) in market.shops.iter().enumerate() {
            if follows_all || (number + place) % 3 == 0 {
                node.put(who, &format!("users/{}/follow", find(cast, &shop.owner.name)?.id)).await?;
            }
        }
    }
    for shop in market.shops.iter().filter(|shop| shop.owner.name != "asha") {
        node.put(find(cast, &shop.owner.name)?, &format!("users/{}/follow", find(cast, "asha")?.id)).await?;
    }
    Ok(())
}
