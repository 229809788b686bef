//! A platform that is called over TCP while things happen to it, and a shop on it.

use std::time::{Duration, Instant};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::Response,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// How long anything may take to show itself: whatever is killed again and again waits for its lease each time.
pub const PATIENCE: Duration = Duration::from_mins(3);

/// Where people come in.
pub trait Place: Sync {
    /// `http://…`, without a slash at the end; it may change while the test runs.
    fn base(&self) -> String;
    fn client(&self) -> &reqwest::Client;
    /// Hears of every answer, and of every call that had none.
    fn note(&self, _answer: Option<&(StatusCode, Value)>) {}

    /// One call; `None` when nobody answered.
    fn call(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        key: Option<&str>,
        body: Value,
    ) -> impl Future<Output = Option<(StatusCode, Value)>> + Send {
        let mut request = self.client().request(method, format!("{}{path}", self.base()));
        if !body.is_null() {
            request = request.json(&body);
        }
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        async move {
            let answer = match request.send().await {
                Ok(response) => Some((response.status(), response.json().await.unwrap_or(Value::Null))),
                Err(_) => None,
            };
            self.note(answer.as_ref());
            answer
        }
    }

    /// Calls until there is a definite answer: a node that is away or busy is asked again with the same key.
    fn insist(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        key: &str,
        body: Value,
    ) -> impl Future<Output = (StatusCode, Value)> + Send {
        async move {
            let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(100)));
            loop {
                pause.tick().await;
                match self.call(method.clone(), path, token, Some(key), body.clone()).await {
                    Some((status, json)) if !again(status, &json) => return (status, json),
                    answer => assert!(Instant::now() < until, "no definite answer to {path}: {answer:?}"),
                }
            }
        }
    }

    /// Looks at a page until `found` finds something.
    fn until<T: Send>(
        &self,
        path: &str,
        token: Option<&str>,
        found: impl Fn(&Value) -> Option<T> + Send,
    ) -> impl Future<Output = T> + Send {
        async move {
            let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(50)));
            loop {
                pause.tick().await;
                let answer = self.call(Method::GET, path, token, None, Value::Null).await;
                if let Some(value) = answer.as_ref().and_then(|(_, json)| found(json)) {
                    return value;
                }
                assert!(Instant::now() < until, "{path} never showed it: {answer:?}");
            }
        }
    }

    /// Signs up; id and access token.
    fn sign_up(&self, name: &str) -> impl Future<Output = (String, String)> + Send {
        async move {
            let tokens = self.sign_up_with_tokens(name).await;
            (word(&tokens["user_id"]), word(&tokens["access_token"]))
        }
    }

    /// Signs up with the code from the development outbox; the whole answer.
    fn sign_up_with_tokens(&self, name: &str) -> impl Future<Output = Value> + Send {
        async move {
            let email = format!("{name}@example.com");
            let body = json!({"email": email, "display_name": name, "birth_date": "1994-05-17", "username": name});
            let (_, flow) = self.insist(Method::POST, "/api/v1/auth/register", None, "none", body).await;
            let page = format!("/dev/outbox?to={email}");
            let code = self.until(&page, None, |json| Some(json["items"][0]["data"]["code"].as_str()?.to_owned())).await;
            let body = json!({"flow_id": flow["flow_id"], "code": code});
            let (status, tokens) = self.insist(Method::POST, "/api/v1/auth/verify", None, "none", body).await;
            assert_eq!(status, StatusCode::OK, "{tokens}");
            tokens
        }
    }
}

/// No definite answer yet: 5xx, or 409 while the first try still runs.
fn again(status: StatusCode, json: &Value) -> bool {
    status.is_server_error() || json["code"] == "idempotency_key_in_use"
}

/// A seller on a running node, with one product at ten shillings and a post about it.
pub struct Shop {
    pub token: String,
    variant: String,
    post: String,
}

impl Shop {
    pub async fn open(node: &impl Place, stock: u64) -> Self {
        Self::open_as(node, "seller", stock).await
    }

    /// The same, of this seller.
    pub async fn open_as(node: &impl Place, seller: &str, stock: u64) -> Self {
        let (_, token) = node.sign_up(seller).await;
        let post = async |path: &str, body: Value| {
            let (status, json) = node.insist(Method::POST, path, Some(&token), "open", body).await;
            assert!(status.is_success(), "{path}: {json}");
            json
        };
        let shop = post("/api/v1/shops", json!({"name": "Pens", "handle": format!("pens_of_{seller}")})).await;
        let product = json!({"name": "Pen", "description": "Blue", "kind": "physical", "stock": stock,
            "price": {"minor": 1_000, "currency": "TZS"}});
        let product = post(&format!("/api/v1/shops/{}/products", word(&shop["id"])), product).await;
        let path = format!("/api/v1/products/{}", word(&product["id"]));
        let variant = node.until(&path, None, |json| Some(json["variants"][0]["id"].as_str()?.to_owned())).await;
        let body = json!({"type": "product", "text": "Pens!", "product_id": product["id"]});
        let post = word(&post("/api/v1/posts", body).await["id"]);
        Self { token, variant, post }
    }

    /// Enough for a hundred purchases.
    pub async fn top_up(&self, node: &impl Place, token: &str, name: &str) {
        let body = json!({"amount": {"minor": 100_000, "currency": "TZS"}, "method": "sandbox"});
        let (_, top_up) = node.insist(Method::POST, "/api/v1/wallet/top-ups", Some(token), &format!("top-{name}"), body).await;
        let path = format!("/api/v1/wallet/top-ups/{}", word(&top_up["id"]));
        node.until(&path, Some(token), |json| (json["status"] == "settled").then_some(())).await;
    }

    /// Opens a checkout for one pen; its id.
    pub async fn check_out(&self, node: &impl Place, token: &str, name: &str) -> String {
        let body = json!({"source": {"variant_id": self.variant, "quantity": 1}, "post_id": self.post,
            "shipping": {"address": {"name": "Baraka", "phone": "+255712000001", "region": "Dar es Salaam", "district": "Ilala"}}});
        let (status, checkout) = node.insist(Method::POST, "/api/v1/checkouts", Some(token), &format!("out-{name}"), body).await;
        assert_eq!(status, StatusCode::CREATED, "{checkout}");
        word(&checkout["id"])
    }

    /// The whole loop for one pen: bought, paid, shipped, handed over, whatever happens to the node meanwhile.
    pub async fn buy(&self, node: &impl Place, token: &str, name: &str) {
        let order = self.ship(node, token, name).await;
        self.hand_over(node, token, &order, name).await;
    }

    /// One pen is bought, paid and on its way; the path of its order.
    pub async fn ship(&self, node: &impl Place, token: &str, name: &str) -> String {
        let checkout = self.check_out(node, token, name).await;
        let path = format!("/api/v1/checkouts/{checkout}/pay");
        let (status, paid) =
            node.insist(Method::POST, &path, Some(token), &format!("pay-{name}"), json!({"method": "wallet"})).await;
        assert_eq!((status, &paid["status"]), (StatusCode::OK, &json!("paid")), "{paid}");
        let order = format!("/api/v1/orders/{}", word(&paid["order_id"]));
        let ship = json!({"carrier": "Bus"});
        // A repeated ship may find the order shipped by the try whose answer was lost.
        node.insist(Method::POST, &format!("{order}/ship"), Some(&self.token), &format!("ship-{name}"), ship).await;
        order
    }

    /// The buyer reads the code out, and the seller is paid.
    pub async fn hand_over(&self, node: &impl Place, token: &str, order: &str, name: &str) {
        let code = node.until(order, Some(token), |json| Some(json["handover_code"].as_str()?.to_owned())).await;
        let deliver = json!({"handover_code": code});
        node.insist(Method::POST, &format!("{order}/deliver"), Some(&self.token), &format!("deliver-{name}"), deliver).await;
        node.until(order, Some(token), |json| (json["status"] == "completed").then_some(())).await;
    }
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

/// Somebody who comes in over TCP, for those who speak to a router.
pub fn router_to(client: reqwest::Client, base: String) -> Router {
    Router::new().fallback(move |request: Request| pass_on(client.clone(), base.clone(), request))
}

async fn pass_on(client: reqwest::Client, base: String, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let url = format!("{base}{}", parts.uri);
    let sent =
        client.request(parts.method, url).headers(parts.headers).body(to_bytes(body, usize::MAX).await.unwrap()).send().await;
    let answer = match sent {
        Ok(answer) => answer,
        // Whoever is away is asked again, as if it had said so itself.
        Err(error) => {
            let gone = Response::builder().status(StatusCode::SERVICE_UNAVAILABLE);
            return gone.body(Body::from(error.to_string())).unwrap();
        }
    };
    let mut response = Response::builder().status(answer.status());
    response.headers_mut().unwrap().extend(answer.headers().clone());
    response.body(Body::from(answer.bytes().await.unwrap_or_default())).unwrap()
}
