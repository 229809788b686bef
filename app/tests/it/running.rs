//! The real binary on a private cluster: started, called over TCP, killed, started again.

use std::{
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Mutex,
    time::{Duration, Instant},
};

use reqwest::{Method, StatusCode};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

/// What must count to zero once everything is quiet, whatever happened before.
pub const INVARIANTS: &[(&str, &str)] = &[
    (
        "money is held without an order",
        "select count(*)
           from payment.escrow
          where state = 'held'
            and not exists (select 1
                              from commerce.orders
                             where orders.reference = escrow.reference
                               and orders.payment = 'held')",
    ),
    (
        "an order's money is not where the order says",
        "select count(*)
           from commerce.orders
           left join payment.escrow on escrow.reference = orders.reference
          where escrow.state is distinct from orders.payment
             or escrow.payer <> orders.buyer
             or escrow.payee <> orders.seller",
    ),
    (
        "a paid checkout has no order, or an order no paid checkout",
        "select count(*)
           from commerce.checkout
           full join commerce.orders on orders.checkout = checkout.id
          where (checkout.state = 'paid') is distinct from (orders.id is not null)",
    ),
    (
        "more or fewer units are sold than ordered",
        "select count(*)
           from commerce.variant
          where sold <> (select coalesce(sum(quantity), 0)
                           from commerce.orders
                          where orders.variant = variant.id
                            and orders.state <> 'cancelled')",
    ),
    (
        "units are held without a hold",
        "select count(*)
           from commerce.variant
          where held <> (select coalesce(sum(quantity), 0)
                           from commerce.hold
                          where hold.variant = variant.id)",
    ),
    (
        "money came from nowhere",
        "select count(*) from (select sum(balance) as all from payment.account) total where total.all <> 0",
    ),
    (
        "somebody was told the same thing twice",
        "select count(*)
           from (select 1
                   from notification.notification
                  where kind like 'commerce.%'
                  group by user_id, kind, link
                 having count(*) > 1) twice",
    ),
    ("a fact was given up", "select count(*) from kernel.inbox where state = 'parked'"),
    ("a job was given up", "select count(*) from kernel.job where state = 'parked'"),
];

/// What counts to zero when nothing is on its way any more.
const QUIET: &[(&str, &str)] = &[
    ("a fact is on its way", "select count(*) from kernel.outbox where sent_at is null"),
    ("a fact waits to be heard", "select count(*) from kernel.inbox where state = 'waiting'"),
    ("a job is due", "select count(*) from kernel.job where run_at <= now()"),
];

/// How long anything may take to show itself: a key whose node was killed again and again waits for its lease each time.
const PATIENCE: Duration = Duration::from_mins(3);

/// A node in a process of its own, on a data directory of its own.
pub struct Running {
    dir: TempDir,
    state: Mutex<State>,
    client: reqwest::Client,
}

struct State {
    child: Child,
    address: String,
}

impl Running {
    /// Starts `nexgate up` in a new data directory and waits until it serves.
    pub fn up() -> Self {
        let dir = tempfile::tempdir().unwrap();
        // PostgreSQL runs as another user when we are root, and must reach its files.
        std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let state = Mutex::new(start(dir.path()));
        let client = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        Self { dir, state, client }
    }

    /// `kill -9`, and up again on the same data.
    pub fn kill_and_restart(&self) {
        let mut state = self.state.lock().unwrap();
        state.child.kill().unwrap();
        state.child.wait().unwrap();
        *state = start(self.dir.path());
    }

    /// Starts it again after `stop`.
    pub fn restart(&self) {
        *self.state.lock().unwrap() = start(self.dir.path());
    }

    /// `kill -9` of the PostgreSQL behind it; the node's watcher starts it again.
    pub fn kill_postgres(&self) {
        // Between two lives there is nobody to kill.
        if let Some(pid) = self.postgres_pid() {
            let _ = kill_process(pid, Signal::KILL);
        }
    }

    pub fn postgres_pid(&self) -> Option<Pid> {
        let text = std::fs::read_to_string(self.dir.path().join("postgres/data/postmaster.pid")).ok()?;
        Pid::from_raw(text.lines().next()?.parse().ok()?)
    }

    /// Asks it to stop, as an operator does; true when it ended well.
    pub fn stop(&self) -> bool {
        let mut state = self.state.lock().unwrap();
        kill_process(Pid::from_child(&state.child), Signal::TERM).unwrap();
        state.child.wait().unwrap().success()
    }

    /// Runs another `nexgate` command beside it; its exit and its output.
    pub fn beside(&self, arguments: &[&str]) -> (bool, String) {
        self.beside_with(&[], arguments)
    }

    /// The same with more settings.
    pub fn beside_with(&self, settings: &[(&str, &str)], arguments: &[&str]) -> (bool, String) {
        let output = command(self.dir.path()).envs(settings.iter().copied()).args(arguments).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    }

    pub fn address(&self) -> String {
        self.state.lock().unwrap().address.clone()
    }

    /// One call; `None` when nobody answered.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        key: Option<&str>,
        body: Value,
    ) -> Option<(StatusCode, Value)> {
        let mut request = self.client.request(method, format!("http://{}{path}", self.address()));
        if !body.is_null() {
            request = request.json(&body);
        }
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let response = request.send().await.ok()?;
        let status = response.status();
        Some((status, response.json().await.unwrap_or(Value::Null)))
    }

    /// Calls until there is a definite answer: a node that is away or busy is asked again with the same key.
    pub async fn insist(&self, method: Method, path: &str, token: Option<&str>, key: &str, body: Value) -> (StatusCode, Value) {
        let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(100)));
        loop {
            pause.tick().await;
            match self.call(method.clone(), path, token, Some(key), body.clone()).await {
                Some((status, json)) if !again(status, &json) => return (status, json),
                answer => assert!(Instant::now() < until, "no definite answer to {path}: {answer:?}"),
            }
        }
    }

    /// A page as text.
    pub async fn text(&self, path: &str) -> String {
        self.client.get(format!("http://{}{path}", self.address())).send().await.unwrap().text().await.unwrap()
    }

    /// Signs up with the code from the development outbox; id and access token.
    pub async fn sign_up(&self, name: &str) -> (String, String) {
        let email = format!("{name}@example.com");
        let body = json!({"email": email, "display_name": name, "birth_date": "1994-05-17", "username": name});
        let (_, flow) = self.insist(Method::POST, "/api/v1/auth/register", None, "none", body).await;
        let page = format!("/dev/outbox?to={email}");
        let code = self.until(&page, None, |json| Some(json["items"][0]["data"]["code"].as_str()?.to_owned())).await;
        let body = json!({"flow_id": flow["flow_id"], "code": code});
        let (status, tokens) = self.insist(Method::POST, "/api/v1/auth/verify", None, "none", body).await;
        assert_eq!(status, StatusCode::OK, "{tokens}");
        (tokens["user_id"].as_str().unwrap().to_owned(), tokens["access_token"].as_str().unwrap().to_owned())
    }

    /// Looks at a page until `found` finds something.
    pub async fn until<T>(&self, path: &str, token: Option<&str>, found: impl Fn(&Value) -> Option<T>) -> T {
        let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(50)));
        loop {
            pause.tick().await;
            if let Some((_, json)) = self.call(Method::GET, path, token, None, Value::Null).await
                && let Some(value) = found(&json)
            {
                return value;
            }
            assert!(Instant::now() < until, "{path} never showed it");
        }
    }

    /// Waits until everything is quiet and no invariant is broken any more; says what still is after a minute.
    pub async fn must_become_sound(&self) {
        let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(200)));
        let mut database = self.database().await;
        let mut last = "nobody looked".to_owned();
        while Instant::now() < until {
            pause.tick().await;
            match broken(&mut database, QUIET.iter().chain(INVARIANTS)).await {
                Ok(None) => return,
                Ok(Some(found)) => last = found,
                Err(error) => {
                    last = error.to_string();
                    database = self.database().await;
                }
            }
        }
        panic!("{last}");
    }

    /// The database as its owner sees it, as soon as it is there.
    pub async fn database(&self) -> PgConnection {
        let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(100)));
        loop {
            pause.tick().await;
            let url = std::fs::read_to_string(self.dir.path().join("database.url")).unwrap();
            match PgConnection::connect(&url).await {
                Ok(database) => return database,
                Err(error) => assert!(Instant::now() < until, "{error}"),
            }
        }
    }
}

/// The first invariant that doesn't hold.
pub async fn broken_in(database: &mut PgConnection) -> Result<Option<String>, sqlx::Error> {
    broken(database, INVARIANTS.iter()).await
}

async fn broken(
    database: &mut PgConnection,
    all: impl Iterator<Item = &'static (&'static str, &'static str)>,
) -> Result<Option<String>, sqlx::Error> {
    for (broken, query) in all {
        let found: i64 = sqlx::query_scalar(*query).fetch_one(&mut *database).await?;
        if found != 0 {
            return Ok(Some(format!("{broken}: {found}")));
        }
    }
    Ok(None)
}

impl Drop for Running {
    fn drop(&mut self) {
        // A test that failed leaves its processes to us; whatever has ended already can't be ended again.
        if let Ok(mut state) = self.state.lock() {
            let _ = state.child.kill();
            let _ = state.child.wait();
        }
        let _ = cluster::stop_in(&self.dir.path().join("postgres"));
    }
}

/// No definite answer yet: 5xx, or 409 while the first try still runs.
fn again(status: StatusCode, json: &Value) -> bool {
    status.is_server_error() || json["code"] == "idempotency_key_in_use"
}

fn command(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nexgate"));
    command.env_remove("DATABASE_URL").env("NEXGATE_DATA_DIR", dir).env("NEXGATE_HTTP_ADDR", "127.0.0.1:0");
    command.env("NEXGATE_LOG", "info,sqlx=off").current_dir(dir);
    command
}

fn start(dir: &Path) -> State {
    let mut child = command(dir).arg("up").stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut seen = String::new();
    for line in lines.by_ref() {
        let line = line.unwrap();
        if let Some((_, address)) = line.split_once("at=http://") {
            let address = address.trim().to_owned();
            // Somebody must go on reading, or the node would wait for room to log.
            std::thread::spawn(move || lines.for_each(drop));
            return State { child, address };
        }
        seen.push_str(&line);
        seen.push('\n');
    }
    let _ = child.wait();
    panic!("the node never served:\n{seen}");
}

/// A seller on a running node, with one product at ten shillings and a post about it.
pub struct Shop {
    pub token: String,
    variant: String,
    post: String,
}

impl Shop {
    pub async fn open(node: &Running, stock: u64) -> Self {
        let (_, token) = node.sign_up("seller").await;
        let post = async |path: &str, body: Value| {
            let (status, json) = node.insist(Method::POST, path, Some(&token), "open", body).await;
            assert!(status.is_success(), "{path}: {json}");
            json
        };
        let shop = post("/api/v1/shops", json!({"name": "Pens", "handle": "pens_of_dar"})).await;
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
    pub async fn top_up(&self, node: &Running, token: &str, name: &str) {
        let body = json!({"amount": {"minor": 100_000, "currency": "TZS"}, "method": "sandbox"});
        let (_, top_up) = node.insist(Method::POST, "/api/v1/wallet/top-ups", Some(token), &format!("top-{name}"), body).await;
        let path = format!("/api/v1/wallet/top-ups/{}", word(&top_up["id"]));
        node.until(&path, Some(token), |json| (json["status"] == "settled").then_some(())).await;
    }

    /// Opens a checkout for one pen; its id.
    pub async fn check_out(&self, node: &Running, token: &str, name: &str) -> String {
        let body = json!({"source": {"variant_id": self.variant, "quantity": 1}, "post_id": self.post});
        let (status, checkout) = node.insist(Method::POST, "/api/v1/checkouts", Some(token), &format!("out-{name}"), body).await;
        assert_eq!(status, StatusCode::CREATED, "{checkout}");
        word(&checkout["id"])
    }

    /// The whole loop for one pen: bought, paid, shipped, handed over, whatever happens to the node meanwhile.
    pub async fn buy(&self, node: &Running, token: &str, name: &str) {
        let checkout = self.check_out(node, token, name).await;
        let path = format!("/api/v1/checkouts/{checkout}/pay");
        let (status, paid) =
            node.insist(Method::POST, &path, Some(token), &format!("pay-{name}"), json!({"method": "wallet"})).await;
        assert_eq!((status, &paid["status"]), (StatusCode::OK, &json!("paid")), "{paid}");
        let order = format!("/api/v1/orders/{}", word(&paid["order_id"]));
        let ship = json!({"carrier": "Bus"});
        // A repeated ship may find the order shipped by the try whose answer was lost.
        node.insist(Method::POST, &format!("{order}/ship"), Some(&self.token), &format!("ship-{name}"), ship).await;
        let code = node.until(&order, Some(token), |json| Some(json["handover_code"].as_str()?.to_owned())).await;
        let deliver = json!({"handover_code": code});
        node.insist(Method::POST, &format!("{order}/deliver"), Some(&self.token), &format!("deliver-{name}"), deliver).await;
        node.until(&order, Some(token), |json| (json["status"] == "completed").then_some(())).await;
    }
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}
