//! A market on a stage: people sign up, sell, follow and buy, all through the public API.

use axum::{
    body::Body,
    http::{Request, header},
};
use kernel::Role;
use serde_json::{Value, json};
use testkit::{Part, Person, Stage, multipart};

use crate::world::World;

/// Every service in one process, driven by hand.
pub async fn open() -> Stage {
    Stage::all(nexgate::services()).start().await
}

/// Signs up by e-mail with the code the platform sent.
pub async fn sign_up(stage: &impl World, name: &str) -> Person {
    let email = format!("{name}@example.com");
    let body = json!({"email": email, "display_name": name, "birth_date": "1994-05-17", "username": name});
    let flow = stage.anonymous().post("/api/v1/auth/register", body).await.ok();
    let code = code_for(stage, &email).await;
    let verify = json!({"flow_id": flow["flow_id"], "code": code});
    let tokens = stage.anonymous().post("/api/v1/auth/verify", verify).await.ok();
    stage.settle().await;
    let id = text(&tokens["user_id"]).parse().expect("a user id");
    stage.bearer(id, text(&tokens["access_token"]))
}

/// The newest code sent to somebody.
pub async fn code_for(stage: &impl World, to: &str) -> String {
    stage.settle().await;
    let outbox = stage.anonymous().get("/dev/outbox").await.ok();
    let items = outbox["items"].as_array().expect("a list").iter();
    let code = items.filter(|item| item["to"] == to).find_map(|item| item["data"]["code"].as_str());
    code.expect("a code was sent").to_owned()
}

/// A seller with a shop, a product of `stock` units at 12,500 shillings, and a post about it.
pub struct Stall {
    pub seller: Person,
    pub product: String,
    pub variant: String,
    pub post: String,
}

pub async fn stall(stage: &impl World, name: &str, stock: i64) -> Stall {
    stall_of(stage, sign_up(stage, name).await, name, stock).await
}

/// The same of somebody who is here already.
pub async fn stall_of(stage: &impl World, seller: Person, name: &str, stock: i64) -> Stall {
    let shop = seller.post("/api/v1/shops", json!({"name": "Amina Fabrics", "handle": format!("{name}_shop")})).await.ok();
    let product = json!({"name": "Kitenge dress", "description": "Cotton, all sizes", "kind": "physical",
        "price": {"minor": 1_250_000, "currency": "TZS"}, "stock": stock});
    let product = seller.post(&format!("/api/v1/shops/{}/products", text(&shop["id"])), product).await.ok();
    let product = text(&product["id"]).to_owned();
    let seen = seller.get(&format!("/api/v1/products/{product}")).await.ok();
    let variant = text(&seen["variants"][0]["id"]).to_owned();
    let post = seller.post("/api/v1/posts", json!({"type": "product", "text": "New dresses!", "product_id": product})).await.ok();
    stage.settle().await;
    Stall { seller, product, variant, post: text(&post["id"]).to_owned() }
}

/// The smallest picture there is.
const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
pub fn dot() -> Vec<u8> {
    data_encoding::BASE64.decode(DOT.as_bytes()).unwrap()
}

/// The type and the bytes of a form with a picture, for everybody or for its owner alone.
pub fn form(visibility: &str) -> (String, Vec<u8>) {
    multipart(&[Part::Word("visibility", visibility), Part::File("file", &dot())])
}

/// The same of a form that asks to be verified, with a document.
pub fn papers(badge: &str) -> (String, Vec<u8>) {
    multipart(&asking(badge, &dot()))
}

fn asking<'a>(badge: &'a str, document: &'a [u8]) -> [Part<'a>; 3] {
    [Part::Word("badge", badge), Part::Word("name", "Amina Juma Mushi"), Part::File("documents", document)]
}

/// Asks to be verified; the petition's id.
pub async fn petition(by: &Person, badge: &str) -> String {
    text(&by.hand_in("/api/v1/users/me/verification", "*/*", &asking(badge, &dot())).await.ok()["id"]).to_owned()
}

/// The type and the bytes of a form that asks to look at a deal.
pub fn questioned(order: &str) -> (String, Vec<u8>) {
    multipart(&[Part::Word("deals", order), Part::Word("words", "The bus had an accident.")])
}

/// Uploads a picture and waits until it can be shown; its id.
pub async fn picture(stage: &impl World, owner: &Person, visibility: &str) -> String {
    let (kind, body) = form(visibility);
    let request = Request::post("/api/v1/media").header(header::CONTENT_TYPE, kind);
    let request = request.header(header::AUTHORIZATION, format!("Bearer {}", owner.token.as_deref().unwrap()));
    let uploaded = owner.send(request.body(Body::from(body)).unwrap()).await.ok();
    stage.settle().await;
    let id = text(&uploaded["items"][0]["id"]).to_owned();
    let seen = owner.get(&format!("/api/v1/media/{id}")).await.ok();
    assert_eq!(seen["status"], "ready", "{seen}");
    id
}

/// Tops a wallet up through the sandbox and waits for the money.
pub async fn top_up(stage: &impl World, person: &Person, minor: i64) {
    let body = json!({"amount": {"minor": minor, "currency": "TZS"}, "method": "sandbox"});
    let top_up = person.post("/api/v1/wallet/top-ups", body).await.ok();
    stage.settle().await;
    let seen = person.get(&format!("/api/v1/wallet/top-ups/{}", text(&top_up["id"]))).await.ok();
    assert_eq!(seen["status"], "settled", "{seen}");
}

/// Opens a checkout for one unit from the post.
pub async fn check_out(buyer: &Person, stall: &Stall) -> Value {
    let body = json!({"source": {"variant_id": stall.variant, "quantity": 1}, "post_id": stall.post,
        "shipping": {"address": {"name": "Baraka", "phone": "+255712000001", "region": "Dar es Salaam", "district": "Ilala"}}});
    buyer.post("/api/v1/checkouts", body).await.ok()
}

/// Pays a checkout from the wallet; the order's id.
pub async fn pay(stage: &impl World, buyer: &Person, checkout: &Value) -> String {
    let path = format!("/api/v1/checkouts/{}/pay", text(&checkout["id"]));
    let paid = buyer.post(&path, json!({"method": "wallet"})).await.ok();
    assert_eq!(paid["status"], "paid", "{paid}");
    stage.settle().await;
    text(&buyer.get("/api/v1/orders").await.ok()["items"][0]["id"]).to_owned()
}

/// Available and held shillings of a wallet, in minor units.
pub async fn wallet(person: &Person) -> (i64, i64) {
    let wallet = person.get("/api/v1/wallet").await.ok();
    let amount = |name: &str| wallet["balances"][0][name]["minor"].as_i64().unwrap_or(0);
    (amount("available"), amount("held"))
}

/// The types of somebody's notifications, newest first.
pub async fn notified(person: &Person) -> Vec<String> {
    let list = person.get("/api/v1/notifications?limit=100").await.ok();
    list["items"].as_array().expect("a list").iter().map(|item| text(&item["type"]).to_owned()).collect()
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}

/// Somebody who decides what is reported.
pub async fn moderator(stage: &impl World) -> Person {
    sign_up(stage, "msimamizi").await;
    stage.grant("msimamizi@example.com", Role::Moderator).await;
    log_in(stage, "msimamizi").await
}

/// Logs in again with a code, as somebody whose access token has run out.
pub async fn log_in(stage: &impl World, name: &str) -> Person {
    let email = format!("{name}@example.com");
    let flow = stage.anonymous().post("/api/v1/auth/login/code", json!({"identifier": email})).await.ok();
    let code = code_for(stage, &email).await;
    let tokens = stage.anonymous().post("/api/v1/auth/verify", json!({"flow_id": flow["flow_id"], "code": code})).await.ok();
    stage.bearer(text(&tokens["user_id"]).parse().expect("a user id"), text(&tokens["access_token"]))
}
