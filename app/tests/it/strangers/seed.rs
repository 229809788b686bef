//! What is there before the stranger comes, made through the public API: for operations that end a thing, one of their own.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::Person;

use crate::{
    market::{Stall, check_out, code_for, moderator, pay, petition, picture, sign_up, stall, text, top_up},
    running::Running,
    world::World,
};

const PASSWORD: &str = "maembe saba ya bluu";

/// People, ids by their prefix, and what single operations are called with, as `hooks.py` reads it.
pub async fn seeded(node: &Running) -> Value {
    let stall = stall(node, "juma", 50).await;
    let (buyer, user) = (sign_up(node, "baraka").await, sign_up(node, "chiku").await);
    top_up(node, &buyer, 20_000_000).await;
    let order = order(node, &buyer, &stall).await;
    let checkout = check_out(&buyer, &stall).await;
    let other = check_out(&buyer, &stall).await;
    let top_up = json!({"amount": {"minor": 100_000, "currency": "TZS"}, "method": "sandbox"});
    let top_up = buyer.post("/api/v1/wallet/top-ups", top_up).await.ok();
    let product = buyer.get(&format!("/api/v1/products/{}", stall.product)).await.ok();
    let things = json!({
        "cas": report(&buyer, json!({"post": stall.post})).await, "pet": petition(&buyer, "person").await, "chk": checkout["id"], "ord": order, "prd": stall.product, "pst": stall.post, "var": stall.variant, "usr": user.id,
        "shp": product["shop"]["id"], "top": top_up["id"], "esc": newest(&buyer, "/api/v1/escrows").await,
        "ntf": newest(&buyer, "/api/v1/notifications").await, "med": picture(node, &stall.seller, "public").await, "ses": newest(&buyer, "/api/v1/auth/sessions").await,
    });
    let mut operations = serde_json::Map::new();
    let alone = picture(node, &stall.seller, "private").await;
    operations.insert("DELETE /api/v1/media/{id}".to_owned(), json!({"by": "seller", "things": {"med": alone}}));
    orders(node, &buyer, &stall, &mut operations).await;
    ways_in(node, &mut operations).await;
    sold(&stall, &mut operations).await;
    let mut put = |name: &str, how: Value| drop(operations.insert(name.to_owned(), how));
    put("PATCH /api/v1/checkouts/{id}", json!({"by": "buyer", "things": {"chk": other["id"]}}));
    for name in [
        "GET /api/v1/checkouts/{id}",
        "POST /api/v1/checkouts",
        "POST /api/v1/checkouts/{id}/pay",
        "GET /api/v1/wallet/top-ups/{id}",
        "POST /api/v1/notifications/{id}/read",
        "POST /api/v1/notifications/{id}/unread",
    ] {
        put(name, json!({"by": "buyer"}));
    }
    put("DELETE /api/v1/checkouts/{id}", json!({"by": "buyer", "things": {"chk": other["id"]}}));
    let list = buyer.get("/api/v1/notifications").await.ok();
    put("DELETE /api/v1/notifications/{id}", json!({"by": "buyer", "things": {"ntf": list["items"][1]["id"]}}));
    let (admin, mut tokens) = (administrator(node).await, serde_json::Map::new());
    administered(node, &admin, &mut put).await;
    put("PUT /api/v1/users/{id}/block", json!({"by": "buyer", "things": {"usr": sign_up(node, "salma").await.id}}));
    let private = asked(node, &mut put).await;
    let guests = [("private", private), ("leaver", sign_up(node, "pendo").await), ("ender", sign_up(node, "rehema").await)];
    put("POST /api/v1/auth/logout", json!({"by": "leaver"}));
    put("DELETE /api/v1/auth/sessions", json!({"by": "ender"}));
    let another = crate::market::log_in(node, "baraka").await;
    put(
        "DELETE /api/v1/auth/sessions/{id}",
        json!({"by": "buyer", "things": {"ses": newest(&another, "/api/v1/auth/sessions").await}}),
    );
    let moderator = moderator(node).await;
    cases(node, &buyer, &moderator, &mut put).await;
    petitions(node, &buyer, &moderator, &mut put).await;
    let people = [("seller", stall.seller), ("buyer", buyer), ("user", user), ("admin", admin), ("moderator", moderator)];
    for (name, person) in people.into_iter().chain(guests) {
        tokens.insert(name.to_owned(), json!(person.token));
    }
    node.settle().await;
    json!({"tokens": tokens, "things": things, "operations": operations,
        "names": {"shop": "juma_shop", "user": "juma", "name": "nobody_yet", "provider": "sandbox"}})
}

/// What somebody reports; the case it is in.
async fn report(by: &Person, thing: Value) -> Value {
    by.post("/api/v1/reports", json!({"thing": thing, "reason": "spam"})).await.ok()["id"].clone()
}

/// A case for each of what can become of one.
async fn cases(node: &Running, buyer: &Person, moderator: &Person, put: &mut impl FnMut(&str, Value)) {
    put("GET /api/v1/users/me/cases/{id}", json!({"by": "buyer"}));
    for name in ["GET /api/v1/moderation/cases", "GET /api/v1/moderation/cases/{id}", "POST /api/v1/moderation/cases/{id}/take"] {
        put(name, json!({"by": "moderator"}));
    }
    for (verb, by, deeds) in [
        ("release", "moderator", ["take"].as_slice()),
        ("decide", "moderator", &["take"]),
        ("appeal", "buyer", &["take", "decide"]),
    ] {
        let case = report(buyer, json!({"user": sign_up(node, &format!("mtu_{verb}")).await.id})).await;
        for deed in deeds {
            let path = format!("/api/v1/moderation/cases/{}/{deed}", text(&case));
            moderator.post(&path, if *deed == "take" { json!({}) } else { json!({"outcome": "kept"}) }).await.ok();
        }
        put(&format!("POST /api/v1/moderation/cases/{{id}}/{verb}"), json!({"by": by, "things": {"cas": case}}));
    }
}

/// A petition for each of what can become of one. Forms with files are what the stranger doesn't fill in.
async fn petitions(node: &Running, buyer: &Person, moderator: &Person, put: &mut impl FnMut(&str, Value)) {
    put("GET /api/v1/users/me/petitions/{id}", json!({"by": "buyer"}));
    put("DELETE /api/v1/users/me/petitions/{id}", json!({"by": "buyer", "things": {"pet": petition(buyer, "business").await}}));
    for name in [
        "GET /api/v1/moderation/petitions",
        "GET /api/v1/moderation/petitions/{id}",
        "POST /api/v1/moderation/petitions/{id}/take",
    ] {
        put(name, json!({"by": "moderator"}));
    }
    for verb in ["release", "decide", "documents/{place}/open"] {
        let by = sign_up(node, &format!("mwombaji_{}", verb.len())).await;
        let petition = petition(&by, "person").await;
        moderator.post(&format!("/api/v1/moderation/petitions/{petition}/take"), json!({})).await.ok();
        put(&format!("POST /api/v1/moderation/petitions/{{id}}/{verb}"), json!({"by": "moderator", "things": {"pet": petition}}));
    }
}

/// Accounts for what an administrator does to one.
async fn administered(node: &Running, admin: &Person, put: &mut impl FnMut(&str, Value)) {
    let locked = sign_up(node, "mussa").await;
    admin.post(&format!("/api/v1/admin/users/{}/lock", locked.id), json!({"reason": "A test"})).await;
    for (name, whom) in [
        ("POST /api/v1/admin/users/{id}/lock", sign_up(node, "neema").await.id),
        ("POST /api/v1/admin/users/{id}/unlock", locked.id),
        ("DELETE /api/v1/admin/users/{id}", sign_up(node, "omari").await.id),
    ] {
        put(name, json!({"by": "admin", "things": {"usr": whom}}));
    }
}

/// Somebody whose account is private, with a request for each of the two answers.
async fn asked(node: &Running, put: &mut impl FnMut(&str, Value)) -> Person {
    let private = sign_up(node, "faraja").await;
    let body = Some(json!({"private": true}).to_string());
    private.call(Method::PUT, "/api/v1/users/me/privacy", None, body).await.ok();
    for (answer, username) in [("accept", "tausi"), ("decline", "upendo")] {
        let asking = sign_up(node, username).await;
        asking.put(&format!("/api/v1/users/{}/follow", private.id)).await;
        let name = format!("POST /api/v1/users/me/follow-requests/{{id}}/{answer}");
        put(&name, json!({"by": "private", "things": {"usr": asking.id}}));
    }
    private
}

/// An order for each of what can become of one.
async fn orders(node: &Running, buyer: &Person, stall: &Stall, operations: &mut serde_json::Map<String, Value>) {
    for (verb, by, is_shipped) in [
        ("accept", "seller", false),
        ("ship", "seller", false),
        ("deliver", "seller", true),
        ("handover-code", "buyer", true),
        ("extend", "buyer", true),
        ("confirm", "buyer", true),
        ("cancel", "buyer", false),
    ] {
        let id = order(node, buyer, stall).await;
        let path = format!("/api/v1/orders/{id}");
        let mut how = json!({"by": by, "things": {"ord": id}});
        if is_shipped {
            stall.seller.post(&format!("{path}/ship"), json!({"carrier": "Bus"})).await.ok();
        }
        if verb == "deliver" {
            how["body"] = json!({"handover_code": buyer.get(&path).await.ok()["handover_code"]});
        }
        operations.insert(format!("POST /api/v1/orders/{{id}}/{verb}"), how);
    }
}

/// Flows and tokens that are good once.
async fn ways_in(node: &Running, operations: &mut serde_json::Map<String, Value>) {
    let (nobody, email) = (node.anonymous(), "zawadi@example.com");
    let body = json!({"email": email, "display_name": "Zawadi", "birth_date": "1994-05-17", "password": PASSWORD});
    let flow = nobody.post("/api/v1/auth/register", body).await.ok();
    let verify = json!({"flow_id": flow["flow_id"], "code": code_for(node, email).await});
    let tokens = nobody.post("/api/v1/auth/verify", verify).await.ok();
    let flow = nobody.post("/api/v1/auth/login/code", json!({"identifier": email})).await.ok();
    let code = code_for(node, email).await;
    for (name, body) in [
        ("verify", json!({"flow_id": flow["flow_id"], "code": code})),
        ("login", json!({"identifier": email, "password": PASSWORD})),
        ("token/refresh", json!({"refresh_token": tokens["refresh_token"]})),
    ] {
        operations.insert(format!("POST /api/v1/auth/{name}"), json!({"body": body}));
    }
}

/// A shop, a product and a post whose end nobody minds.
async fn sold(stall: &Stall, operations: &mut serde_json::Map<String, Value>) {
    let shop = stall.seller.post("/api/v1/shops", json!({"name": "Pens", "handle": "pens_of_juma"})).await.ok();
    let product = json!({"name": "Pen", "description": "Blue", "kind": "physical", "stock": 5,
        "price": {"minor": 1_000, "currency": "TZS"}});
    let product = stall.seller.post(&format!("/api/v1/shops/{}/products", text(&shop["id"])), product).await.ok();
    let post = stall.seller.post("/api/v1/posts", json!({"type": "standard", "text": "Soon gone"})).await.ok();
    for (name, things) in [
        ("PATCH /api/v1/shops/{shop}", json!({"shp": shop["id"]})),
        ("POST /api/v1/products/{id}/archive", json!({"prd": product["id"]})),
        ("POST /api/v1/products/{id}/publish", json!({"prd": product["id"]})),
        ("DELETE /api/v1/posts/{id}", json!({"pst": post["id"]})),
    ] {
        operations.insert(name.to_owned(), json!({"by": "seller", "things": things}));
    }
}

async fn order(node: &Running, buyer: &Person, stall: &Stall) -> String {
    pay(node, buyer, &check_out(buyer, stall).await).await
}

async fn newest(person: &Person, list: &str) -> String {
    text(&person.get(list).await.ok()["items"][0]["id"]).to_owned()
}

/// The command line grants the role, and a new token knows it.
async fn administrator(node: &Running) -> Person {
    sign_up(node, "amina").await;
    let (ok, said) = node.beside(&["admin", "grant", "amina@example.com", "admin"]);
    assert!(ok, "{said}");
    crate::market::log_in(node, "amina").await
}
