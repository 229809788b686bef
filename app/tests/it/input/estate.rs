//! One thing of every kind that has an id in a path, and the people whose things they are.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Person, Reply, Stage};

use super::document::{NOWHERE, Route};
use crate::market::{Stall, check_out, log_in, moderator, pay, petition, picture, sign_up, stall, text, top_up};

/// People, and what is theirs.
pub struct Estate {
    pub seller: Person,
    pub buyer: Person,
    /// Whose account is the one thing of its kind that isn't the seller's or the buyer's.
    pub user: Person,
    pub moderator: Person,
    stall: Stall,
    /// By the prefix of their ids.
    things: Vec<(&'static str, String)>,
}

impl Estate {
    pub async fn build(stage: &Stage) -> Self {
        let stall = stall(stage, "juma", 9).await;
        let (buyer, user) = (sign_up(stage, "baraka").await, sign_up(stage, "chiku").await);
        top_up(stage, &buyer, 2_500_000).await;
        let order = pay(stage, &buyer, &check_out(&buyer, &stall).await).await;
        let checkout = check_out(&buyer, &stall).await;
        let amount = json!({"amount": {"minor": 100_000, "currency": "TZS"}, "method": "sandbox"});
        let top_up = buyer.post("/api/v1/wallet/top-ups", amount).await.ok();
        let login = json!({"identifier": "chiku@example.com"});
        let flow = stage.anonymous().post("/api/v1/auth/login/code", login).await.ok();
        // The newest session is one that nobody here goes on with.
        log_in(stage, "baraka").await;
        let shelf = buyer.get(&format!("/api/v1/products/{}", stall.product)).await.ok();
        let moderator = moderator(stage).await;
        let things = vec![
            ("cas", report(&buyer, &json!({"post": stall.post})).await),
            ("chk", text(&checkout["id"]).to_owned()),
            ("esc", newest(&buyer, "/api/v1/escrows").await),
            ("med", picture(stage, &stall.seller, "public").await),
            ("pet", petition(&buyer, "person").await),
            ("flw", text(&flow["flow_id"]).to_owned()),
            ("ntf", newest(&buyer, "/api/v1/notifications").await),
            ("ord", order),
            ("prd", stall.product.clone()),
            ("pst", stall.post.clone()),
            ("ses", newest(&buyer, "/api/v1/auth/sessions").await),
            ("shp", text(&shelf["shop"]["id"]).to_owned()),
            ("top", text(&top_up["id"]).to_owned()),
            ("usr", user.id.to_string()),
            ("var", stall.variant.clone()),
        ];
        Self { seller: stall.seller.clone(), buyer, user, moderator, stall, things }
    }

    /// Another checkout of the buyer's; its id.
    pub async fn check_out(&self) -> String {
        text(&check_out(&self.buyer, &self.stall).await["id"]).to_owned()
    }

    /// Another order of the buyer's, just paid; its id.
    pub async fn order(&self, stage: &Stage) -> String {
        pay(stage, &self.buyer, &check_out(&self.buyer, &self.stall).await).await
    }

    /// The same order, on its way.
    pub async fn ship(&self, order: String) -> String {
        self.seller.post(&format!("/api/v1/orders/{order}/ship"), json!({"carrier": "Bus"})).await.ok();
        order
    }

    /// The code of the one order.
    pub async fn handover_code(&self) -> String {
        let order = self.buyer.get(&self.put_into(&format!("/api/v1/orders/ord{NOWHERE}"))).await.ok();
        text(&order["handover_code"]).to_owned()
    }

    /// Another case of the buyer's, which the moderator has taken; its id.
    pub async fn taken_case(&self, stage: &Stage) -> String {
        let somebody = sign_up(stage, &format!("mtu_{}", stage.id::<kernel::User>().uuid().as_u128() % 1_000_000)).await;
        let case = report(&self.buyer, &json!({"user": somebody.id})).await;
        self.moderator.post(&format!("/api/v1/moderation/cases/{case}/take"), json!({})).await.ok();
        case
    }

    /// Another petition, which the moderator has taken; its id.
    pub async fn taken_petition(&self, stage: &Stage) -> String {
        let petition = petition(&sign_up(stage, "mwombaji").await, "person").await;
        self.moderator.post(&format!("/api/v1/moderation/petitions/{petition}/take"), json!({})).await.ok();
        petition
    }

    /// An order the seller has called off: it counts against them.
    pub async fn called_off(&self, stage: &Stage) -> String {
        let order = self.order(stage).await;
        self.seller.post(&format!("/api/v1/orders/{order}/cancel"), json!({})).await.ok();
        stage.settle().await;
        order
    }

    /// The same, once nothing has come of it.
    pub async fn decided_case(&self, stage: &Stage) -> String {
        let case = self.taken_case(stage).await;
        self.moderator.post(&format!("/api/v1/moderation/cases/{case}/decide"), json!({"outcome": "kept"})).await.ok();
        case
    }

    /// What the sandbox would say of a top-up that it keeps silent about (M5).
    pub async fn report(&self, stage: &Stage) -> Value {
        let amount = json!({"minor": 10_004, "currency": "TZS"});
        let body = json!({"amount": amount, "method": "sandbox"});
        let top_up = self.buyer.post("/api/v1/wallet/top-ups", body).await.ok();
        stage.settle().await;
        json!({"reference": top_up["id"], "status": "succeeded", "amount": amount})
    }

    /// A path or a body with these things in the place of those that aren't there.
    pub fn put_into(&self, shown: &str) -> String {
        let put = |shown: String, (kind, id): &(&str, String)| shown.replace(&format!("{kind}{NOWHERE}"), id);
        let filled = self.things.iter().fold(shown.to_owned(), put);
        assert!(!filled.contains(NOWHERE), "{filled}: there is no such thing in the estate");
        filled
    }

    /// Calls a route as its document shows it, but on these things, and with this path.
    pub async fn call(&self, person: &Person, route: &Route, path: &str) -> Reply {
        let body = route.body.as_ref().map(|body| self.put_into(&without_pictures(&body.example).to_string()));
        person.call(route.method.clone(), path, Some("key"), body).await
    }

    /// All that these people can see, of these things and of their own.
    pub async fn seen(&self, routes: &[Route], people: &[&Person]) -> Vec<String> {
        let mut seen = Vec::new();
        for route in routes.iter().filter(|route| route.method == Method::GET) {
            for person in people {
                let reply = person.get(&self.put_into(&route.path)).await;
                seen.push(format!("{} {}: {}", route.name, reply.status, reply.text));
            }
        }
        seen
    }
}

/// What somebody reports; the case it is in.
async fn report(by: &Person, thing: &Value) -> String {
    text(&by.post("/api/v1/reports", json!({"thing": thing, "reason": "spam"})).await.ok()["id"]).to_owned()
}

async fn newest(person: &Person, list: &str) -> String {
    text(&person.get(list).await.ok()["items"][0]["id"]).to_owned()
}

/// The body without pictures: whoever calls would have to own them, which is asked before anything else.
pub fn without_pictures(body: &Value) -> Value {
    let mut body = body.clone();
    if let Some(fields) = body.as_object_mut() {
        for picture in ["media_ids", "avatar", "cover"] {
            fields.remove(picture);
        }
    }
    body
}
